using System.CommandLine;

namespace Cpf.Ml.Training.Figures;

/// <summary><c>cpf-ml figures</c>: writes the figures of the result files into the documentation.</summary>
internal static class FiguresCommand
{
    public static Command Create()
    {
        var check = new Option<bool>("--check")
        {
            Description = "Writes nothing; exits with 1 where a page is not what the result files give.",
        };
        var command = new Command(
            "figures", "Writes docs/figures.md, and the figures in README.md and docs, from the result files in docs/results.") { check };
        command.SetAction(parsed => Run(SourceTree.Find(), parsed.GetValue(check), parsed.InvocationConfiguration.Output));
        return command;
    }

    /// <param name="root">Of the source tree.</param>
    internal static int Run(string root, bool check, TextWriter console)
    {
        var stale = FigurePages.Stale(root).ToList();
        foreach (var (page, text) in stale)
        {
            if (!check)
            {
                File.WriteAllText(Path.Combine(root, page), text);
            }

            console.WriteLine($"{page} {(check ? "is not what the result files give: run ./cpf-ml figures." : "written.")}");
        }

        return check && stale.Count > 0 ? 1 : 0;
    }
}
