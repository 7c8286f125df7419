using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Console.Kit.Wording;

/// <summary>Base of the console's components, with texts in the reader's language.</summary>
public abstract class ConsoleComponent : ComponentBase
{
    [CascadingParameter]
    public required Ui Ui { get; set; }

    protected string T(string french, string english) => Ui.T(french, english);
}
