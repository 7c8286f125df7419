using System.CommandLine;
using System.CommandLine.Help;
using Cpf.Ml.Training.Commands;

namespace Cpf.Ml.Training.Tests.Commands;

public sealed class OptionTests
{
    public static TheoryData<string, string> Ranges =>
        [.. Options()
            .Where(entry => RangeOf(entry.Option) is not null).Select(entry => (entry.Words, entry.Option.Name))];

    [Fact]
    public void Every_command_without_subcommands_has_an_example_in_its_help()
    {
        static IEnumerable<Command> Ends(Command command) =>
            command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Ends);
        Assert.All(Ends(CommandLine.Root()), command => Assert.IsType<LeafCommand>(command));
        Assert.All(
            AllCommands.Leaves, leaf => Assert.StartsWith(leaf.Key, leaf.Value.Example[^1], StringComparison.Ordinal));
    }

    [Fact]
    public void Every_numeric_option_has_a_range() => Assert.All(
        Options()
            .Where(entry => IsNumber(Nullable.GetUnderlyingType(entry.Option.ValueType) ?? entry.Option.ValueType)),
        entry => Assert.True(RangeOf(entry.Option) is not null, $"{entry.Words} {entry.Option.Name}"));

    [Fact]
    public void Every_option_that_is_not_required_documents_its_default() => Assert.All(
        Options().Where(entry => !entry.Option.Required && entry.Option is not HelpOption),
        entry => Assert.True(
            HasShownDefault(entry.Option)
                || entry.Option.Description!.Contains("default", StringComparison.OrdinalIgnoreCase),
            $"{entry.Words} {entry.Option.Name}: {entry.Option.Description}"));

    [Fact]
    public void Every_option_is_described_in_a_sentence() => Assert.All(
        Options().Where(entry => entry.Option is not HelpOption),
        entry => Assert.Matches("^[A-Z«].*[.}]$", entry.Option.Description!.ReplaceLineEndings(" ")));

    [Theory]
    [MemberData(nameof(Ranges))]
    public async Task Value_outside_a_range_is_refused_with_option_value_and_range(string command, string option)
    {
        var range = RangeOf(Options().Single(entry => entry.Words == command && entry.Option.Name == option).Option)!;
        foreach (var value in (string[])["x", "-99999999999", "NaN"])
        {
            var (exitCode, output, error) = await Cli.RunAsync([.. command.Split(' '), $"{option}={value}"]);

            Assert.Equal(2, exitCode);
            Assert.Empty(output);
            Assert.Contains($"{option} {value}: expected a", error, StringComparison.Ordinal);
            Assert.Contains(range, error, StringComparison.Ordinal);
            Assert.Single(error.TrimEnd().Split('\n'));
        }
    }

    [Fact]
    public async Task Ends_of_a_range_are_accepted()
    {
        var share = new RangeOption<double>("--share", 0, 1, "A share.");
        var root = new RootCommand { share };
        Assert.Equal(0, root.Parse(["--share", "0"]).GetValue(share));
        Assert.Equal(1, root.Parse(["--share", "1.0"]).GetValue(share));
        var refusal = Assert.Single(root.Parse(["--share", "1.0001"]).Errors);
        Assert.Equal("--share 1.0001: expected a number, 0 to 1.", refusal.Message);
        var (_, help, _) = await Cli.RunAsync("data", "generate", "--help");
        Assert.Contains("Range: 15 to 240. [default: 30]", help, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Words, Option Option)> Options() =>
        AllCommands.Leaves.SelectMany(leaf => leaf.Value.Options.Select(option => (leaf.Key, option)));

    private static bool IsNumber(Type type) => type.IsPrimitive && type != typeof(bool);

    /// <summary>The help shows it, but for switches, whose default is always off.</summary>
    private static bool HasShownDefault(Option option) =>
        option.HasDefaultValue && option.ValueType != typeof(bool) && option.GetDefaultValue() is not null;

    private static string? RangeOf(Option option) =>
        (option as RangeOption<int>)?.Range ?? (option as RangeOption<double>)?.Range;
}
