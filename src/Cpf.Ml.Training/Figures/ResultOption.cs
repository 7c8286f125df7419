using System.CommandLine;
using System.CommandLine.Parsing;

namespace Cpf.Ml.Training.Figures;

/// <summary><c>--result FILE</c> of evaluations: where the figures of the run are written.</summary>
internal static class ResultOption
{
    private const string Name = "--result";

    public static Option<FileInfo?> Create() =>
        new(Name)
        {
            Description = "File for the figures of this run, as JSON; cpf-ml figures makes docs/figures.md from "
                + "docs/results. None by default.",
        };

    /// <summary>Writes the figures where the command line asks for it.</summary>
    /// <param name="parsed">The parsed command line.</param>
    public static void Write(ParseResult parsed, IReadOnlyList<int> seeds, Func<IEnumerable<Figure>> figures)
    {
        if (parsed.GetValue<FileInfo?>(Name) is { } file)
        {
            ResultFile.Now(CommandLineOf(parsed.CommandResult), seeds, figures()).Write(file.FullName);
        }
    }

    /// <summary>
    /// The command line with options in the order of the command's own list, folders and files replaced by names.
    /// </summary>
    internal static string CommandLineOf(CommandResult called)
    {
        var words = new Stack<string>();
        for (var at = called; at.Parent is CommandResult parent; at = parent)
        {
            words.Push(at.Command.Name);
        }

        var options = called.Command.Options
            .Where(option => option.Name != Name && called.GetResult(option) is { Implicit: false })
            .Select(option => $"{option.Name} {Argument(option, called.GetResult(option)!)}".TrimEnd());
        return string.Join(' ', words.Concat(options).Prepend("./cpf-ml"));
    }

    private static string Argument(Option option, OptionResult result) =>
        option.ValueType == typeof(DirectoryInfo) ? "DIR"
        : option.ValueType == typeof(FileInfo) ? "FILE"
        : string.Join(' ', result.Tokens.Select(token => token.Value));
}
