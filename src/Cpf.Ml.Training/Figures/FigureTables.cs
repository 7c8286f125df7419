using System.Globalization;
using System.Text;

namespace Cpf.Ml.Training.Figures;

/// <summary><c>docs/figures.md</c>: every figure of every run, beside what others have published.</summary>
internal static class FigureTables
{
    public static string Write(FigureBook book)
    {
        var page = new StringBuilder();
        page.Append("""
            # Figures

            Written by `./cpf-ml figures` from the result files in `docs/results/`; do not edit by hand. A run leaves its file
            behind with `--result FILE`; `docs/results/README.md` says what is in it. Rows with a source were published by others.
            The load is that of the whole machine at the end of the run: other programs ran where it exceeds what the run itself needs.

            """);
        foreach (var capability in FigureRun.All.GroupBy(run => run.Capability))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {char.ToUpperInvariant(capability.Key[0])}{capability.Key[1..]}\n");
            foreach (var run in capability)
            {
                page.Append(CultureInfo.InvariantCulture, $"\n### {run.Title}\n\n{Wrap(run.About)}\n\n```\n{run.Command}\n```\n");
                Append(page, run, book.Of(run));
            }
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, FigureRun run, ResultFile? result)
    {
        if (result is null)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n*Not yet measured by a result file:* add `--result {run.Path}`.\n");
            return;
        }

        var conditions = $"Measured on {result.MeasuredOn:yyyy-MM-dd}"
            + (result.Commit is null ? "" : $" at commit `{result.Commit}`")
            + $" on {result.Processor}"
            + (result.Load is { } load ? string.Create(CultureInfo.InvariantCulture, $", load {load:F1}") : "")
            + (result.Seeds.Count == 0 ? "" : $", seed{(result.Seeds.Count == 1 ? "" : "s")} {string.Join(", ", result.Seeds)}") + ".";
        page.Append(CultureInfo.InvariantCulture, $"\n{Wrap(conditions)}\n");
        var compared = result.Figures.Where(figure => figure.Column is not null).ToList();
        if (compared.Count > 0)
        {
            AppendComparison(page, compared);
        }

        var single = result.Figures.Where(figure => figure.Column is null).ToList();
        if (single.Count > 0)
        {
            AppendList(page, single);
        }
    }

    private static void AppendComparison(StringBuilder page, List<Figure> figures)
    {
        var columns = figures.Select(figure => figure.Column!).Distinct().ToList();
        page.Append(CultureInfo.InvariantCulture, $"\n| | {string.Join(" | ", columns)} |\n|---|{string.Concat(columns.Select(_ => "--:|"))}\n");
        foreach (var row in figures.GroupBy(figure => (figure.What, figure.Source)))
        {
            var cells = columns.Select(column => row.FirstOrDefault(figure => figure.Column == column) is { } figure ? figure.Text + Missed(figure) : "");
            page.Append(CultureInfo.InvariantCulture, $"| {What(row.First())} | {string.Join(" | ", cells)} |\n");
        }
    }

    private static void AppendList(StringBuilder page, List<Figure> figures)
    {
        var hasGoals = figures.Exists(figure => figure.Goal is not null);
        page.Append(hasGoals ? "\n| | measured | goal |\n|---|--:|--:|\n" : "\n| | measured |\n|---|--:|\n");
        foreach (var figure in figures)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {What(figure)} | {figure.Text} |{(hasGoals ? $" {figure.Goal ?? "–"}{Missed(figure)} |" : "")}\n");
        }
    }

    private static string What(Figure figure) => figure.What + (figure.Source is null ? "" : $" ([source]({figure.Source}))");

    private static string Missed(Figure figure) => figure.IsMet == false ? " (**missed**)" : "";

    /// <summary>Lines of at most 120 columns.</summary>
    private static string Wrap(string text)
    {
        var (wrapped, column) = (new StringBuilder(), 0);
        foreach (var word in text.Split(' '))
        {
            var fits = column > 0 && column + 1 + word.Length <= 120;
            wrapped.Append(column == 0 ? "" : fits ? " " : "\n").Append(word);
            column = fits ? column + 1 + word.Length : word.Length;
        }

        return wrapped.ToString();
    }
}
