using System.CommandLine;
using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Training.Certifications.Learning;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using static System.FormattableString;

namespace Cpf.Ml.Training.Certifications;

/// <summary><c>cpf-ml certifications outliers</c>: outliers of any table of numbers.</summary>
internal static class OutliersCommand
{
    public static Command Create()
    {
        var input = new Option<FileInfo>("--in")
        {
            Required = true,
            Description = "CSV with a header and numbers; an empty value is missing.",
        };
        var output = new Option<FileInfo>("--out")
        {
            Required = true,
            Description = "CSV to write, with the columns row (counted from 0) and score (0 for an inlier, higher is "
                + "more anomalous).",
        };
        var label = new Option<string?>("--label")
        {
            Description = "Column of labels, which is no feature: 1 for a known outlier, otherwise 0 or empty. None by "
                + "default.",
        };
        var fraction = new RangeOption<double>(
            "--labelled-fraction", 0, 1, "Share of the labels to use, drawn at random: shows how many are needed.")
        {
            DefaultValueFactory = _ => 1,
        };
        var command = new LeafCommand(
            "outliers",
            "Scores the rows of a table of numbers as outliers, with or without labels.",
            "certifications outliers --in data/examples/adbench/example.csv --label y --out out/outliers.csv")
        {
            input, output, label, fraction,
        };
        command.SetWork((parsed, progress) => Run(
            parsed.GetRequiredValue(input).FullName,
            parsed.GetRequiredValue(output),
            parsed.GetValue(label),
            parsed.GetValue(fraction),
            progress));
        return command;
    }

    private static CommandResult Run(string input, FileInfo output, string? label, double fraction, Progress progress)
    {
        if (input == output.FullName)
        {
            throw new InputException($"{input}: the output would overwrite the input.");
        }

        progress.Begin("reading the table");
        var (table, labels) = NumericCsv.Read(input, label);
        if (new ColumnScale(table).IsEmpty)
        {
            throw new InputException($"{input}: every column has one value only; no row can be an outlier.");
        }

        progress.Begin("scoring rows");
        var known = Known(labels, fraction);
        var scores = LabelledOutliers.Score(table, known, table);
        output.Directory!.Create();
        File.WriteAllLines(
            output.FullName, scores.Index().Select(row => Invariant($"{row.Index},{row.Item:R}")).Prepend("row,score"));
        var labelled = known.Count(isKnown => isKnown);
        return new CommandResult(
            new { output = output.FullName, rows = scores.Length, labelled },
            console => console.WriteLine(Invariant($"{output.FullName}: {scores.Length} rows scored, {labelled} ")
                + Invariant($"labelled outliers")));
    }

    /// <summary>At least one where there is one and any are wanted.</summary>
    private static bool[] Known(double[] labels, double fraction)
    {
        var outliers = Enumerable.Range(0, labels.Length).Where(row => labels[row] == 1).ToArray();
        new Random(0).Shuffle(outliers);
        var count = fraction == 0 ? 0 : Math.Max(1, (int)Math.Round(fraction * outliers.Length));
        var known = outliers.Take(count).ToHashSet();
        return [.. Enumerable.Range(0, labels.Length).Select(known.Contains)];
    }
}
