using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Certifications.Evaluation.Adbench;

/// <summary>Figures of <c>certifications adbench</c>: means over the sets, in percent.</summary>
/// <remarks>What others reach is published without labels; with labels it is of the file beside the sets.</remarks>
internal static class AdbenchFigures
{
    private const string Published = "https://github.com/Minqi824/ADBench";

    public static IEnumerable<Figure> From(
        Dictionary<string, Dictionary<string, RankingQuality>> results,
        IReadOnlyDictionary<string, (double Auroc, double AveragePrecision)> published)
    {
        foreach (var (name, quality) in AdbenchCommand.Means(results))
        {
            var what = name == AdbenchCommand.Ours ? "Cpf.Ml, all detectors together" : $"Cpf.Ml, {name} alone";
            foreach (var figure in Both(name, what, 100 * quality.Auroc, 100 * quality.AveragePrecision))
            {
                yield return figure;
            }
        }

        foreach (var (name, (auroc, precision)) in published.OrderByDescending(entry => entry.Value.Auroc))
        {
            var isPublished = double.IsNaN(precision);
            var others = isPublished
                ? Both("published-" + name, name, auroc, precision)
                : Both("reference-" + name, name + ", reference", auroc, precision);
            foreach (var figure in others)
            {
                yield return figure with { Source = isPublished ? Published : null };
            }
        }

        yield return Figure.Measured("sets", "sets", results.Count, decimals: 0);
    }

    private static Figure[] Both(string name, string what, double auroc, double precision)
    {
        var id = Figure.Slug(name);
        return
        [
            Figure.Measured(id + "-auroc", what, auroc, decimals: 1) with { Column = "area under the curve" },
            Figure.Measured(id + "-ap", what, precision, decimals: 1) with { Column = "average precision" },
        ];
    }
}
