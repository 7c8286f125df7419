using System.Globalization;
using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Certifications.Evaluation;

/// <summary>Figures of <c>evaluate certifications</c>, over all worlds.</summary>
internal static class FraudFigures
{
    /// <param name="delays">
    /// Weeks from the onset of a fraud until it is flagged, infinite where it never was; empty where not asked for.
    /// </param>
    public static IEnumerable<Figure> From(IReadOnlyList<WorldFigures> worlds, IReadOnlyList<double> delays)
    {
        foreach (var name in worlds[0].Rankings.Keys)
        {
            Figure Over(string id, string column, Func<RankingFigures, double> value)
            {
                var values = worlds.Select(world => value(world.Rankings[name])).ToList();
                var mean = values.Average();
                var spread = Math.Sqrt(values.Average(value => Math.Pow(value - mean, 2)));
                return Figure.Measured($"{Figure.Slug(name)}-{id}", name, mean) with
                {
                    Column = column,
                    Spread = spread,
                };
            }

            yield return Over("ap", "average precision", ranking => ranking.AveragePrecision);
            yield return Over("first-50", "of the first 50", ranking => ranking.PrecisionAt50);
            yield return Over("first-100", "of the first 100", ranking => ranking.PrecisionAt100);
            yield return Over("recall", "recall when 2 % are read", ranking => ranking.Recall);
        }

        yield return Figure.Measured("worlds", "worlds", worlds.Count, decimals: 0);
        yield return Figure.Measured(
            "frauds", "frauds in a world, mean", worlds.Average(world => world.Frauds), decimals: 0);
        foreach (var figure in Found([.. worlds.SelectMany(world => world.Found())])
            .Concat(Flagged(worlds))
            .Concat(Taught(worlds))
            .Concat(Delays([.. delays.Order()])))
        {
            yield return figure;
        }
    }

    private static IEnumerable<Figure> Found(List<(string Scheme, bool IsFound, double Strength)> frauds)
    {
        foreach (var group in frauds.GroupBy(fraud => fraud.Scheme).OrderBy(group => Number(group.Key)))
        {
            var what = $"found of fraud {group.Key} ({group.Count()})";
            var found = Share(group.Select(entry => entry.IsFound));
            yield return Figure.Measured($"found-{Figure.Slug(group.Key)}", what, found);
        }

        foreach (var (from, to) in CertificationsEvaluation.Bands.Zip(CertificationsEvaluation.Bands.Skip(1)))
        {
            var band = frauds.Where(fraud => fraud.Strength >= from && fraud.Strength < to).ToList();
            var (low, high) = ((int)Math.Round(100 * from), (int)Math.Min(100, Math.Round(100 * to)));
            var what = $"found where {low} to {high} % of the dossiers are fraudulent ({band.Count})";
            var found = Share(band.Select(entry => entry.IsFound));
            yield return Figure.Measured($"found-{low}-to-{high}-percent", what, found);
        }
    }

    private static IEnumerable<Figure> Flagged(IReadOnlyList<WorldFigures> worlds)
    {
        var legitimate = worlds.SelectMany(world => world.Legitimate()).GroupBy(entry => entry.Scheme);
        foreach (var group in legitimate.OrderBy(group => Number(group.Key)))
        {
            var what = $"flagged of legitimate situation {group.Key} ({group.Count()})";
            yield return Percent(
                $"flagged-{Figure.Slug(group.Key)}", what, Share(group.Select(entry => entry.IsFlagged)));
        }

        var sizes = worlds.Select(world => world.FalseBySize()).ToList();
        var ratio = sizes.Average(size => size.Small) / Math.Max(1e-9, sizes.Average(size => size.Large));
        yield return Percent(
            "explained", "frauds found whose driver is among the first three reasons",
            Share(worlds.SelectMany(world => world.Explained())));
        yield return Figure.Measured(
            "small-to-large", "false flags of small certifications for each of large ones", ratio, decimals: 1);
    }

    private static IEnumerable<Figure> Taught(IReadOnlyList<WorldFigures> worlds)
    {
        var withModel = worlds.SelectMany(world => world.FoundWithModel()).ToList();
        if (withModel.Count == 0)
        {
            yield break;
        }

        yield return Figure.Measured(
            "calibration-error", "mean distance between the probability and the share that a control would confirm",
            worlds.Average(world => world.CalibrationError), decimals: 3);
        foreach (var scheme in CertificationsEvaluation.NotTaught)
        {
            var found = Share(withModel.Where(entry => entry.Scheme == scheme).Select(entry => entry.IsFound));
            yield return Figure.Measured(
                $"untaught-{Figure.Slug(scheme)}", $"found of fraud {scheme}, which taught controls never saw", found);
        }
    }

    private static IEnumerable<Figure> Delays(IReadOnlyList<double> delays)
    {
        if (delays.Count > 0)
        {
            var never = delays.Count(double.IsInfinity) / (double)delays.Count;
            yield return Figure.Measured(
                "delay", "weeks from a fraud's onset to its flag, median", delays[delays.Count / 2], decimals: 1);
            yield return Percent("never", "frauds that began lately and are not flagged by the end", never);
        }
    }

    private static Figure Percent(string id, string what, double share) =>
        Figure.Measured(id, what, 100 * share, "%", 0);

    private static double Share(IEnumerable<bool> all) =>
        all.Select(value => value ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average();

    private static int Number(string scheme) => int.Parse(scheme[1..], CultureInfo.InvariantCulture);
}
