using System.Globalization;
using System.Text;

namespace Cpf.Ml.Training.Figures;

/// <summary><c>docs/figures.md</c>: every figure of every run, beside published values.</summary>
internal static class FigureTables
{
    private const int Columns = 120;

    private const string Head = """
        # Figures

        Written by `./cpf-ml figures` from the result files in `docs/results/`; do not edit by hand. A run leaves its
        file behind with `--result FILE`; `docs/results/README.md` describes it. Rows with a source were published by
        others. The load is that of the whole machine at the end of the run: where it exceeds the cores that the run
        needs, other programs were running.

        """;

    public static string Write(FigureBook book)
    {
        var page = new StringBuilder(Head);
        foreach (var capability in FigureRun.All.GroupBy(run => run.Capability))
        {
            page.Append(Line($"\n## {char.ToUpperInvariant(capability.Key[0])}{capability.Key[1..]}\n"));
            foreach (var run in capability)
            {
                page.Append(Line($"\n### {run.Title}\n\n{Wrap(run.About)}\n\n```\n{run.Command}\n```\n"));
                page.Append(book.Of(run) is { } result
                    ? Line($"\n{Wrap(Conditions(result))}\n")
                    : Line($"\n*Not yet measured by a result file:* add `--result {run.Path}`.\n"));
                AppendComparison(page, [.. book.Figures(run).Where(figure => figure.Column is not null)]);
                AppendList(page, [.. book.Figures(run).Where(figure => figure.Column is null)]);
            }
        }

        return page.ToString();
    }

    private static string Conditions(ResultFile result)
    {
        var commit = result.Commit is null ? "" : $" at commit `{result.Commit}`";
        var load = result.Load is { } known ? Line($", load {known:F1}") : "";
        var seeds = result.Seeds.Count == 0 ? "" : $", seeds {string.Join(", ", result.Seeds)}";
        return Line($"Measured on {result.MeasuredOn:yyyy-MM-dd}{commit} on {result.Processor}{load}{seeds}.");
    }

    private static void AppendComparison(StringBuilder page, List<Figure> figures)
    {
        if (figures.Count == 0)
        {
            return;
        }

        var columns = figures.Select(figure => figure.Column!).Distinct().ToList();
        var rule = string.Concat(columns.Select(_ => "--:|"));
        page.Append(Line($"\n| | {string.Join(" | ", columns)} |\n|---|{rule}\n"));
        foreach (var row in figures.GroupBy(figure => (figure.What, figure.Source)))
        {
            var cells = columns.Select(column => row.FirstOrDefault(figure => figure.Column == column)).Select(Cell);
            page.Append(Line($"| {What(row.First())} | {string.Join(" | ", cells)} |\n"));
        }
    }

    private static void AppendList(StringBuilder page, List<Figure> figures)
    {
        if (figures.Count == 0)
        {
            return;
        }

        var hasGoals = figures.Exists(figure => figure.Goal is not null);
        page.Append(hasGoals ? "\n| | measured | goal |\n|---|--:|--:|\n" : "\n| | measured |\n|---|--:|\n");
        foreach (var figure in figures)
        {
            var goal = hasGoals ? $" {figure.Goal ?? "–"}{Missed(figure)} |" : "";
            page.Append(Line($"| {What(figure)} | {figure.Text} |{goal}\n"));
        }
    }

    private static string Cell(Figure? figure) =>
        figure is null ? "" : figure.Text + (figure.Goal is null ? "" : $", goal {figure.Goal}{Missed(figure)}");

    private static string What(Figure figure) =>
        figure.What + (figure.Source is null ? "" : $" ([source]({figure.Source}))");

    private static string Missed(Figure figure) => figure.IsMet == false ? " (**missed**)" : "";

    private static string Wrap(string text)
    {
        var (wrapped, column) = (new StringBuilder(), 0);
        foreach (var word in text.Split(' '))
        {
            var fits = column > 0 && column + 1 + word.Length <= Columns;
            wrapped.Append(column == 0 ? "" : fits ? " " : "\n").Append(word);
            column = fits ? column + 1 + word.Length : word.Length;
        }

        return wrapped.ToString();
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
