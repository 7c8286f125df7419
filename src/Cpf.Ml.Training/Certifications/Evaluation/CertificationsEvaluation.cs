using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Certifications.Learning;
using Cpf.Ml.Training.Data.Generation;
using Cpf.Ml.Training.Data.OpenData;
using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Certifications.Evaluation;

/// <summary><c>cpf-ml evaluate certifications</c>: frauds of known strength in imagined worlds, beside baselines.</summary>
internal static class CertificationsEvaluation
{
    private const int Weeks = 16;
    private const int OtherWorlds = 1000;
    /// <summary>Frauds that the controlled world does not have: what comes newly is not taught either.</summary>
    public static readonly string[] NotTaught = ["T3", "T12"];
    public static readonly double[] Bands = [0, 0.15, 0.3, 0.5, 1.01];

    public static Command Create(Option<bool> json)
    {
        var seeds = new Option<int>("--seeds") { Description = "Worlds.", DefaultValueFactory = _ => 5 };
        var firstSeed = new Option<int>("--first-seed") { Description = "Of the first world; the others follow.", DefaultValueFactory = _ => 1 };
        var purchases = new Option<int>("--purchases") { Description = "A world's ordinary dossiers.", DefaultValueFactory = _ => 2_600_000 };
        var certifications = new Option<int>("--certifications") { Description = "A world's certifications.", DefaultValueFactory = _ => 3400 };
        var weekly = new Option<bool>("--delay") { Description = "Also scores each week, to tell how long frauds go unseen (a minute more a world)." };
        var months = new Option<int>("--months") { Description = "Of a world; frauds begin in its second half, so that in a longer one some are older than the year that each certification is compared with.", DefaultValueFactory = _ => 24 };
        var labels = new Option<int>("--labels") { Description = "Controls of another world that a model learns from; 0 for none.", DefaultValueFactory = _ => 100 };
        var published = new Option<bool>("--open-data") { Description = "Nothing of the worlds is known but what would be published: monthly sums, the catalogue, the register, the companies." };
        var command = new Command("certifications", "Imagined worlds with frauds of known strength: what is found, how early, and what is flagged that should not be.") { seeds, firstSeed, purchases, certifications, months, labels, weekly, published, ResultOption.Create() };
        command.SetAction(parsed =>
        {
            var options = new GeneratorOptions { Purchases = parsed.GetValue(purchases), Certifications = parsed.GetValue(certifications), Months = parsed.GetValue(months) };
            var worlds = Enumerable.Range(parsed.GetValue(firstSeed), parsed.GetValue(seeds)).Select(seed => Measure(options with { Seed = seed }, parsed.GetValue(labels), parsed.GetValue(weekly), parsed.GetValue(published))).ToList();
            Report(worlds, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            ResultOption.Write(parsed, [.. Enumerable.Range(parsed.GetValue(firstSeed), worlds.Count)], () => FraudFigures.From([.. worlds.Select(world => world.Figures)], [.. worlds.SelectMany(world => world.Delays)]));
            return 0;
        });
        return command;
    }

    private static (WorldFigures Figures, List<double> Delays) Measure(GeneratorOptions options, int labels, bool weekly, bool published)
    {
        // Controls of a world that is not judged and lacks two of its frauds, a quarter before its end: nothing of the judged one is known.
        var model = labels == 0 ? null : In(options with { Seed = options.Seed + OtherWorlds, Typologies = [.. options.Typologies.Except(NotTaught)] }, (data, truth) => CertificationLearning.Fit(
            QueueControls.Hold(ScoreCertifications.Evidence(data, options.End.AddMonths(-3)), truth, labels, options.Seed)).Model, published);
        return In(options, (data, truth) => (
            new WorldFigures(ScoreCertifications.Evidence(data, options.End), truth, model), weekly ? Delays(data, options.End, truth) : []), published);
    }

    private static T In<T>(GeneratorOptions options, Func<PlatformData, Dictionary<string, Truth>, T> measure, bool published)
    {
        var folder = Directory.CreateTempSubdirectory("cpf-ml-world-");
        try
        {
            WorldGenerator.Generate(options, null, folder.FullName);
            var known = published ? folder.CreateSubdirectory("published") : folder;
            if (published)
            {
                PublishedWorld.Write(folder.FullName, known);
            }

            using var data = PlatformData.Open(known.FullName, validate: false);
            return measure(data, Truth.Read(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Weeks from the onset of each fraud of the last sixteen weeks but four until it was first among the 2 %; infinite when it was not.</summary>
    private static List<double> Delays(PlatformData data, DateOnly end, Dictionary<string, Truth> truth)
    {
        var (begin, first) = (end.AddDays(-7 * Weeks), new Dictionary<string, DateOnly>());
        var begun = truth.Where(one => one.Value.IsFraud && one.Value.Onset >= begin && one.Value.Onset <= end.AddDays(-28)).ToList();
        for (var day = begin.AddDays(7); day <= end && begun.Count > 0; day = day.AddDays(7))
        {
            var scored = CertificationScorer.Score(ScoreCertifications.Evidence(data, day));
            foreach (var one in scored.Where(one => one.IsWarm && one.Rank <= WorldFigures.Reviewed * scored.Length))
            {
                first.TryAdd(one.Certification.Id, day);
            }
        }

        return [.. begun.Select(one => first.TryGetValue(one.Key, out var day) ? Math.Max(0, (day.DayNumber - one.Value.Onset.DayNumber) / 7.0) : double.PositiveInfinity)];
    }

    private static void Report(List<(WorldFigures Figures, List<double> Delays)> worlds, bool json, TextWriter console)
    {
        var names = worlds[0].Figures.Rankings.Keys.ToList();
        (double Mean, double Spread) Over(Func<WorldFigures, double> figure)
        {
            var values = worlds.Select(world => figure(world.Figures)).ToList();
            return (values.Average(), Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2))));
        }

        var rankings = names.ToDictionary(name => name, name => new
        {
            average_precision = Over(world => world.Rankings[name].AveragePrecision),
            precision_at_50 = Over(world => world.Rankings[name].PrecisionAt50),
            precision_at_100 = Over(world => world.Rankings[name].PrecisionAt100),
            recall_at_2_percent = Over(world => world.Rankings[name].Recall),
            auroc = Over(world => world.Rankings[name].Auroc),
        });
        var found = worlds.SelectMany(world => world.Figures.Found()).ToList();
        var typologies = found.GroupBy(one => one.Scheme).OrderBy(group => int.Parse(group.Key[1..], CultureInfo.InvariantCulture))
            .ToDictionary(group => group.Key, group => (Recall: group.Average(one => one.IsFound ? 1.0 : 0), Count: group.Count()));
        var strengths = Bands.Zip(Bands.Skip(1)).Select(band => (band.First, band.Second, In: found.Where(one => one.Strength >= band.First && one.Strength < band.Second).ToList()))
            .Select(band => (From: band.First, To: Math.Min(1, band.Second), Recall: band.In.Count == 0 ? double.NaN : band.In.Average(one => one.IsFound ? 1.0 : 0), band.In.Count)).ToList();
        var legitimate = worlds.SelectMany(world => world.Figures.Legitimate()).GroupBy(one => one.Scheme).OrderBy(group => int.Parse(group.Key[1..], CultureInfo.InvariantCulture))
            .ToDictionary(group => group.Key, group => (Flagged: group.Average(one => one.IsFlagged ? 1.0 : 0), Count: group.Count()));
        var explained = worlds.SelectMany(world => world.Figures.Explained()).DefaultIfEmpty().Average(one => one ? 1.0 : 0);
        var sizes = worlds.Select(world => world.Figures.FalseBySize()).ToList();
        var ratio = sizes.Average(one => one.Small) / Math.Max(1e-9, sizes.Average(one => one.Large));
        var calibration = worlds.Average(world => world.Figures.CalibrationError);
        var untaught = NotTaught.ToDictionary(scheme => scheme, scheme => worlds.SelectMany(world => world.Figures.FoundWithModel()).Where(one => one.Scheme == scheme).Select(one => one.IsFound ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average());
        var delays = worlds.SelectMany(world => world.Delays).Order().ToList();
        if (json)
        {
            console.WriteLine(JsonSerializer.Serialize(new
            {
                worlds = worlds.Count,
                frauds = worlds.Average(world => world.Figures.Frauds),
                rankings = rankings.ToDictionary(one => one.Key, one => new
                {
                    average_precision = one.Value.average_precision.Mean,
                    precision_at_50 = one.Value.precision_at_50.Mean,
                    precision_at_100 = one.Value.precision_at_100.Mean,
                    recall_at_2_percent = one.Value.recall_at_2_percent.Mean,
                }),
                recall_by_typology = typologies.ToDictionary(one => one.Key, one => one.Value.Recall),
                recall_by_strength = strengths.Select(band => new { band.From, band.To, recall = double.IsNaN(band.Recall) ? (double?)null : band.Recall, band.Count }),
                flagged_by_legitimate_situation = legitimate.ToDictionary(one => one.Key, one => one.Value.Flagged),
                driver_in_first_three = explained,
                false_positive_ratio_small_to_large = ratio,
                recall_of_untaught = untaught.Where(one => !double.IsNaN(one.Value)).ToDictionary(one => one.Key, one => one.Value),
                calibration_error = double.IsNaN(calibration) ? (double?)null : calibration,
                median_delay_weeks = delays.Count == 0 || double.IsInfinity(delays[delays.Count / 2]) ? (double?)null : delays[delays.Count / 2],
            }));
            return;
        }

        console.WriteLine(Line($"{worlds.Count} worlds, {worlds.Average(world => world.Figures.Warm):F0} certifications with enough dossiers, {worlds.Average(world => world.Figures.Frauds):F0} frauds each; mean ± spread"));
        console.WriteLine(Line($"{"",-40} {"avg precision",15} {"first 50",13} {"first 100",13} {"recall at 2 %",15}"));
        foreach (var (name, one) in rankings)
        {
            string Cell((double Mean, double Spread) value, int width) => Line($"{value.Mean:F3} ±{value.Spread:F3}").PadLeft(width);
            console.WriteLine(Line($"{name,-40} ") + $"{Cell(one.average_precision, 15)} {Cell(one.precision_at_50, 13)} {Cell(one.precision_at_100, 13)} {Cell(one.recall_at_2_percent, 15)}");
        }

        console.WriteLine();
        console.WriteLine("Recall at 2 % by fraud:       " + string.Join("  ", typologies.Select(one => Line($"{one.Key} {one.Value.Recall:F2} ({one.Value.Count})"))));
        console.WriteLine("Recall at 2 % by strength:    " + string.Join("  ", strengths.Select(band => Line($"{band.From:F2}-{band.To:F2} {band.Recall:F2} ({band.Count})"))));
        console.WriteLine("Flagged though legitimate:    " + string.Join("  ", legitimate.Select(one => Line($"{one.Key} {one.Value.Flagged:F2} ({one.Value.Count})"))));
        console.WriteLine(Line($"True driver in first reasons: {explained:F2}"));
        console.WriteLine(Line($"False positives small/large:  {ratio:F2}"));
        if (!double.IsNaN(calibration))
        {
            console.WriteLine(Line($"Calibration error:            {calibration:F3}"));
            console.WriteLine("Recall of frauds not taught:  " + string.Join("  ", untaught.Select(one => Line($"{one.Key} {one.Value:F2}"))));
        }

        if (delays.Count > 0)
        {
            console.WriteLine(Line($"Weeks from onset to flag:     median {delays[delays.Count / 2]:F1} of {delays.Count} frauds, never {delays.Count(double.IsInfinity)}"));
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
