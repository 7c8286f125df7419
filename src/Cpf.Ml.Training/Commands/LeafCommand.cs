using System.CommandLine;

namespace Cpf.Ml.Training.Commands;

/// <summary>
/// A command without subcommands: it shows its progress, prints its result, and its help ends with an example.
/// </summary>
internal sealed class LeafCommand : Command
{
    private readonly string _example;

    /// <param name="example">
    /// Command lines without <c>cpf-ml</c>, one a line, the last of this command; those before create its input.
    /// A line that ends with <c>&amp;</c> keeps running beside the next.
    /// </param>
    public LeafCommand(string name, string description, string example)
        : base(name, description) => _example = example;

    /// <summary>Command lines in the order in which they are to be run.</summary>
    public IReadOnlyList<string> Example => _example.Split('\n', StringSplitOptions.TrimEntries);

    public void SetWork(Func<ParseResult, Progress, CommandResult> work) =>
        SetWork((parsed, progress, _) => Task.FromResult(work(parsed, progress)));

    public void SetWork(Func<ParseResult, Progress, CancellationToken, Task<CommandResult>> work) =>
        SetAction(async (parsed, cancellationToken) =>
        {
            var result = await ShowAsync(parsed, progress => work(parsed, progress, cancellationToken));
            result.Write(parsed);
            return result.ExitCode;
        });

    /// <summary>Shows the progress of a part of the work, for a command that prints between its parts.</summary>
    public static Task<T> ShowAsync<T>(ParseResult parsed, Func<Progress, Task<T>> work)
    {
        var command = parsed.CommandResult.Command;
        var title = $"{command.Parents.OfType<Command>().FirstOrDefault(parent => parent is not RootCommand)?.Name} "
            + $"{command.Name}";
        return Progress.RunAsync(title.TrimStart(), parsed.InvocationConfiguration.Error, TimeProvider.System, work);
    }
}
