using System.CommandLine;
using Cpf.Ml.Training.Commands;

namespace Cpf.Ml.Training.Figures;

/// <summary><c>cpf-ml figures</c>: writes the figures of the result files into the documentation.</summary>
internal static class FiguresCommand
{
    public static Command Create()
    {
        var check = new Option<bool>("--check")
        {
            Description = "Writes nothing; exits with 1 where a page differs from the result files. Off by "
                + "default.",
        };
        var command = new LeafCommand(
            "figures",
            "Writes docs/figures.md, and the figures in README.md and docs, from the result files in docs/results.",
            "figures --check")
        {
            check,
        };
        command.SetWork((parsed, _) => Run(SourceTree.Find(), parsed.GetValue(check)));
        return command;
    }

    /// <param name="root">Root of the source tree.</param>
    internal static CommandResult Run(string root, bool check)
    {
        var stale = FigurePages.Stale(root).ToList();
        foreach (var (page, text) in check ? [] : stale)
        {
            File.WriteAllText(Path.Combine(root, page), text);
        }

        var pages = stale.ConvertAll(one => one.Page);
        return new CommandResult(
            new { stale = check ? pages : [], written = check ? [] : pages },
            console => Print(console, pages, check),
            check && pages.Count > 0 ? 1 : 0);
    }

    private static void Print(TextWriter console, List<string> pages, bool check)
    {
        foreach (var page in pages)
        {
            console.WriteLine(check
                ? $"{page} is not what the result files give: run ./cpf-ml figures."
                : $"{page} written.");
        }

        if (pages.Count == 0)
        {
            console.WriteLine("Every page agrees with the result files.");
        }
    }
}
