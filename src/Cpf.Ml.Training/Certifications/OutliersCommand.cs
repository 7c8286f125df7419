using System.CommandLine;
using System.Globalization;
using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Certifications;

/// <summary><c>cpf-ml certifications outliers</c>: strange rows of any table of numbers.</summary>
internal static class OutliersCommand
{
    public static Command Create()
    {
        var input = new Option<FileInfo>("--in") { Required = true, Description = "CSV with a header and numbers; an empty value is missing." };
        var output = new Option<FileInfo>("--out") { Required = true, Description = "CSV row,score: rows counted from 0, scores from 0 (ordinary) up." };
        var label = new Option<string?>("--label") { Description = "Column that says which rows are known to be strange: 1; 0 or empty otherwise. It is no feature." };
        var fraction = new Option<double>("--labelled-fraction") { Description = "Uses this share of the labels only, drawn at random, to see how many are needed.", DefaultValueFactory = _ => 1 };
        fraction.Validators.Add(result =>
        {
            if (result.GetValue(fraction) is not (>= 0 and <= 1))
            {
                result.AddError("--labelled-fraction lies between 0 and 1.");
            }
        });
        var command = new Command("outliers", "Which rows of a table of numbers are strange, with or without labels?") { input, output, label, fraction };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), parsed.GetValue(label), parsed.GetValue(fraction)));
        return command;
    }

    private static int Run(FileInfo input, FileInfo output, string? label, double fraction)
    {
        if (input.FullName == output.FullName)
        {
            throw new InputException($"{output.FullName}: the output would overwrite the input.");
        }

        var (table, labels) = NumericCsv.Read(input.FullName, label);
        if (new ColumnScale(table).IsEmpty)
        {
            throw new InputException($"{input.FullName}: every column has one value only; nothing in it can be strange.");
        }

        var scores = LabelledOutliers.Score(table, Known(labels, fraction), table);
        output.Directory!.Create();
        using var writer = new StreamWriter(output.FullName);
        writer.WriteLine("row,score");
        foreach (var (row, score) in scores.Index())
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row},{score:R}"));
        }

        return 0;
    }

    /// <summary>At least one where there is one and any are wanted.</summary>
    private static bool[] Known(double[] labels, double fraction)
    {
        var strange = Enumerable.Range(0, labels.Length).Where(row => labels[row] == 1).ToArray();
        new Random(0).Shuffle(strange);
        var known = strange.Take(fraction == 0 ? 0 : Math.Max(1, (int)Math.Round(fraction * strange.Length))).ToHashSet();
        return [.. Enumerable.Range(0, labels.Length).Select(known.Contains)];
    }
}
