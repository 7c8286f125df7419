using System.Globalization;
using Cpf.Ml.Training.Commands;
using static System.FormattableString;

namespace Cpf.Ml.Training.Certifications.Evaluation;

/// <summary>
/// What <c>cpf-ml evaluate certifications</c> prints: figures over all worlds, for people and for machines.
/// </summary>
internal sealed class CertificationsReport
{
    private readonly IReadOnlyList<(WorldFigures Figures, List<double> Delays)> _worlds;
    private readonly Dictionary<string, Ranking> _rankings;
    private readonly Dictionary<string, (double Share, int Count)> _recallByTypology;
    private readonly List<(double From, double To, double Recall, int Count)> _recallByStrength;
    private readonly Dictionary<string, (double Share, int Count)> _flaggedLegitimate;
    private readonly Dictionary<string, double> _recallOfUntaught;
    private readonly double _explained;
    private readonly double _sizeRatio;
    private readonly double _calibrationError;
    private readonly List<double> _delays;

    private CertificationsReport(
        IReadOnlyList<(WorldFigures Figures, List<double> Delays)> worlds, string[] untaught, double[] bands)
    {
        _worlds = worlds;
        var figures = worlds.Select(world => world.Figures).ToList();
        Spread Over(string ranking, Func<RankingFigures, double> figure) =>
            Spread.Measure([.. figures.Select(world => figure(world.Rankings[ranking]))]);
        _rankings = figures[0].Rankings.Keys.ToDictionary(name => name, name => new Ranking(
            Over(name, ranking => ranking.AveragePrecision),
            Over(name, ranking => ranking.PrecisionAt50),
            Over(name, ranking => ranking.PrecisionAt100),
            Over(name, ranking => ranking.Recall)));
        var found = figures.SelectMany(world => world.Found()).ToList();
        _recallByTypology = Shares(found.Select(entry => (entry.Scheme, entry.IsFound)));
        _recallByStrength =
        [
            .. bands.Zip(bands.Skip(1)).Select(band =>
            {
                var inBand =
                    found.Where(entry => entry.Strength >= band.First && entry.Strength < band.Second).ToList();
                return (band.First,
                    Math.Min(1, band.Second), Share(inBand.Select(entry => entry.IsFound)), inBand.Count);
            }),
        ];
        _flaggedLegitimate = Shares(figures.SelectMany(world => world.Legitimate()));
        _explained = figures.SelectMany(world => world.Explained()).DefaultIfEmpty().Average(value => value ? 1.0 : 0);
        var sizes = figures.ConvertAll(world => world.FalseBySize());
        _sizeRatio = sizes.Average(size => size.Small) / Math.Max(1e-9, sizes.Average(size => size.Large));
        _calibrationError = figures.Average(world => world.CalibrationError);
        var withModel = figures.SelectMany(world => world.FoundWithModel()).ToList();
        _recallOfUntaught = untaught.ToDictionary(
            scheme => scheme,
            scheme => Share(withModel.Where(entry => entry.Scheme == scheme).Select(entry => entry.IsFound)));
        _delays = [.. worlds.SelectMany(world => world.Delays).Order()];
    }

    /// <param name="untaught">Typologies that the controlled worlds lack.</param>
    /// <param name="bands">Bounds of strength, as shares of a certification's dossiers.</param>
    public static CommandResult Create(
        IReadOnlyList<(WorldFigures Figures, List<double> Delays)> worlds, string[] untaught, double[] bands)
    {
        var report = new CertificationsReport(worlds, untaught, bands);
        return new CommandResult(report.Document(), report.Print);
    }

    private object Document() => new
    {
        worlds = _worlds.Count,
        frauds = _worlds.Average(world => world.Figures.Frauds),
        rankings = _rankings.ToDictionary(ranking => ranking.Key, ranking => new
        {
            average_precision = ranking.Value.AveragePrecision.Mean,
            precision_at_50 = ranking.Value.PrecisionAt50.Mean,
            precision_at_100 = ranking.Value.PrecisionAt100.Mean,
            recall_at_2_percent = ranking.Value.Recall.Mean,
            spread = new
            {
                average_precision = ranking.Value.AveragePrecision.Deviation,
                precision_at_50 = ranking.Value.PrecisionAt50.Deviation,
                precision_at_100 = ranking.Value.PrecisionAt100.Deviation,
                recall_at_2_percent = ranking.Value.Recall.Deviation,
            },
        }),
        recall_by_typology = _recallByTypology.ToDictionary(entry => entry.Key, entry => entry.Value.Share),
        recall_by_strength = _recallByStrength.Select(band => new { band.From, band.To, band.Recall, band.Count }),
        flagged_by_legitimate_situation = _flaggedLegitimate.ToDictionary(
            entry => entry.Key, entry => entry.Value.Share),
        driver_in_first_three = _explained,
        false_positive_ratio_small_to_large = _sizeRatio,
        recall_of_untaught = _recallOfUntaught,
        calibration_error = _calibrationError,
        median_delay_weeks = _delays.Count == 0 ? double.NaN : _delays[_delays.Count / 2],
    };

    private void Print(TextWriter console)
    {
        var warm = _worlds.Average(world => world.Figures.Warm);
        var frauds = _worlds.Average(world => world.Figures.Frauds);
        console.WriteLine(Invariant($"{_worlds.Count} worlds, {warm:F0} certifications with enough dossiers and ")
            + Invariant($"{frauds:F0} frauds each; ")
            + "mean ± standard deviation over worlds");
        console.WriteLine($"{"",-40} {"avg precision",15} {"first 50",13} {"first 100",13} {"recall at 2 %",15}");
        foreach (var (name, ranking) in _rankings)
        {
            console.WriteLine($"{name,-40} {ranking.AveragePrecision,15} {ranking.PrecisionAt50,13} "
                + $"{ranking.PrecisionAt100,13} {ranking.Recall,15}");
        }

        console.WriteLine();
        console.WriteLine("Recall at 2 % by fraud:       " + Join(_recallByTypology));
        console.WriteLine("Recall at 2 % by strength:    " + string.Join("  ", _recallByStrength.Select(band =>
            Invariant($"{band.From:F2}-{band.To:F2} {band.Recall:F2} ({band.Count})"))));
        console.WriteLine("Legitimate but flagged:       " + Join(_flaggedLegitimate));
        console.WriteLine(Invariant($"True driver in first reasons: {_explained:F2}"));
        console.WriteLine(Invariant($"False positives small/large:  {_sizeRatio:F2}"));
        if (!double.IsNaN(_calibrationError))
        {
            console.WriteLine(Invariant($"Calibration error:            {_calibrationError:F3}"));
            console.WriteLine("Recall of untrained frauds:   "
                + string.Join("  ", _recallOfUntaught.Select(entry => Invariant($"{entry.Key} {entry.Value:F2}"))));
        }

        if (_delays.Count > 0)
        {
            console.WriteLine(Invariant($"Weeks from onset to flag:     median {_delays[_delays.Count / 2]:F1} ")
                + Invariant($"of {_delays.Count} frauds, never {_delays.Count(double.IsInfinity)}"));
        }
    }

    private static string Join(Dictionary<string, (double Share, int Count)> shares) =>
        string.Join(
            "  ", shares.Select(share => Invariant($"{share.Key} {share.Value.Share:F2} ({share.Value.Count})")));

    /// <summary>By scheme, in the order of their numbers.</summary>
    private static Dictionary<string, (double Share, int Count)> Shares(IEnumerable<(string Scheme, bool Is)> all) =>
        all.GroupBy(entry => entry.Scheme)
            .OrderBy(group => int.Parse(group.Key[1..], CultureInfo.InvariantCulture))
            .ToDictionary(group => group.Key, group => (Share(group.Select(entry => entry.Is)), group.Count()));

    /// <returns>NaN of none.</returns>
    private static double Share(IEnumerable<bool> all) =>
        all.Select(value => value ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average();

    private sealed record Ranking(Spread AveragePrecision, Spread PrecisionAt50, Spread PrecisionAt100, Spread Recall);

    /// <param name="Deviation">Standard deviation.</param>
    private readonly record struct Spread(double Mean, double Deviation)
    {
        public static Spread Measure(IReadOnlyList<double> values)
        {
            var mean = values.Average();
            return new Spread(mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
        }

        public override string ToString() => Invariant($"{Mean:F3} ±{Deviation:F3}");
    }
}
