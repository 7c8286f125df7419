using System.CommandLine;
using Cpf.Ml.Training.Commands;

namespace Cpf.Ml.Training.Tests.Commands;

/// <summary>Every command of the command line that does something, by its words: <c>data import register</c>.</summary>
internal static class AllCommands
{
    public static IReadOnlyDictionary<string, LeafCommand> Leaves { get; } =
        Under(CommandLine.Root(), "").ToDictionary(leaf => leaf.Words, leaf => leaf.Command);

    private static IEnumerable<(string Words, LeafCommand Command)> Under(Command command, string words) =>
        command is LeafCommand leaf
            ? [(words, leaf)]
            : command.Subcommands.SelectMany(child => Under(child, $"{words} {child.Name}".TrimStart()));
}
