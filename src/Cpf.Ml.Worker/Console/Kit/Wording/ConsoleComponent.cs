using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Console.Kit.Wording;

/// <summary>Base of the console's components, with texts in the reader's language.</summary>
public abstract class ConsoleComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();

    protected ConsoleComponent() => Gone = _gone.Token;

    [CascadingParameter]
    public required Ui Ui { get; set; }

    /// <summary>Cancelled when the reader leaves the page.</summary>
    protected CancellationToken Gone { get; }

    protected string T(string french, string english) => Ui.T(french, english);

    /// <summary>Called when the reader leaves the page.</summary>
    protected virtual void Leave()
    {
    }

    public virtual async ValueTask DisposeAsync()
    {
        Leave();
        await _gone.CancelAsync();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }
}
