using System.CommandLine;

var root = new RootCommand("Cpf.Ml: trains, scores and evaluates the models of the training platform.");
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await Console.Error.WriteLineAsync(string.Join(" ", parsed.Errors.Select(error => error.Message)) + " See cpf-ml --help.");
    return 2;
}

return await parsed.InvokeAsync();

/// <summary>The command line.</summary>
internal sealed partial class Program;
