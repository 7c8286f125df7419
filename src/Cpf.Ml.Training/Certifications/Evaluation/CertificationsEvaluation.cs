using System.CommandLine;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Model;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Certifications.Learning;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Figures;
using Cpf.Ml.Training.Platform.Generation;
using Cpf.Ml.Training.Platform.Generation.Schemes;
using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Platform.OpenData;

namespace Cpf.Ml.Training.Certifications.Evaluation;

/// <summary>
/// <c>cpf-ml evaluate certifications</c>: frauds of known strength in synthetic worlds, beside baselines.
/// </summary>
internal static class CertificationsEvaluation
{
    private const int Weeks = 16;
    private const int OtherWorlds = 1000;

    /// <summary>Frauds that the controlled world does not have: how are new ones found?</summary>
    public static readonly string[] NotTaught = ["T3", "T12"];

    public static readonly double[] Bands = [0, 0.15, 0.3, 0.5, 1.01];

    public static Command Create()
    {
        var seeds = new RangeOption<int>("--seeds", 1, 1000, "Synthetic worlds.") { DefaultValueFactory = _ => 5 };
        var firstSeed = new RangeOption<int>(
            "--first-seed", 0, int.MaxValue, "Seed of the first world; the others follow.")
        {
            DefaultValueFactory = _ => 1,
        };
        var purchases = new RangeOption<int>(
            "--purchases", 1000, 100_000_000, "Ordinary dossiers of a world.")
        { DefaultValueFactory = _ => 2_600_000 };
        var certifications = new RangeOption<int>(
            "--certifications", 20, 100_000, "Certifications of a world.")
        { DefaultValueFactory = _ => 3400 };
        var months = new RangeOption<int>(
            "--months", 15, 240,
            "Months of a world. Frauds begin in its second half: in a longer world some are older than the reference "
                + "year.")
        {
            DefaultValueFactory = _ => 24,
        };
        var labels = new RangeOption<int>(
            "--labels", 0, 100_000, "Controls of another world that a model learns from; 0 for none.")
        {
            DefaultValueFactory = _ => 100,
        };
        var weekly = new Option<bool>("--delay")
        {
            Description = "Scores each week too, to measure the detection delay (a minute more a world). Off by "
                + "default.",
        };
        var published = new Option<bool>("--open-data")
        {
            Description = "Uses only what would be published of the worlds: monthly sums, catalogue, register, "
                + "companies. Off by default.",
        };
        var command = new LeafCommand(
            "certifications",
            "Precision, recall, delay and false positives on synthetic worlds with frauds of known strength.",
            "evaluate certifications --seeds 1 --purchases 60000 --certifications 100 --labels 20")
        {
            seeds, firstSeed, purchases, certifications, months, labels, weekly, published, ResultOption.Create(),
        };
        command.SetWork((parsed, progress) =>
        {
            var options = new GeneratorOptions
            {
                Purchases = parsed.GetValue(purchases),
                Certifications = parsed.GetValue(certifications),
                Months = parsed.GetValue(months),
            };
            var all = Enumerable.Range(parsed.GetValue(firstSeed), parsed.GetValue(seeds)).ToList();
            var worlds = progress.Each("worlds", all)
                .Select(seed => Measure(
                    options with { Seed = seed },
                    parsed.GetValue(labels),
                    parsed.GetValue(weekly),
                    parsed.GetValue(published)))
                .ToList();
            ResultOption.Write(parsed, all, () => FraudFigures.From(
                [.. worlds.Select(world => world.Figures)], [.. worlds.SelectMany(world => world.Delays)]));
            return CertificationsReport.Create(worlds, NotTaught, Bands);
        });
        return command;
    }

    private static (WorldFigures Figures, List<double> Delays) Measure(
        GeneratorOptions options, int labels, bool weekly, bool published)
    {
        var model = labels == 0 ? null : Train(options, labels, published);
        return InWorld(options, published, (data, truth) => (
            new WorldFigures(new CertificationEvidence(CertificationMeasures.At(data, options.End)), truth, model),
            weekly ? Delays(data, options.End, truth) : []));
    }

    /// <summary>
    /// Controls of another world that lacks two of the frauds, a quarter before its end: nothing of the scored one.
    /// </summary>
    private static CertificationModel Train(GeneratorOptions options, int labels, bool published)
    {
        var other = options with
        {
            Seed = options.Seed + OtherWorlds,
            Typologies = [.. SchemeCatalogue.Frauds.Select(fraud => fraud.Id).Except(NotTaught)],
        };
        return InWorld(other, published, (data, truth) => CertificationLearning.Fit(QueueControls.Hold(
            new CertificationEvidence(CertificationMeasures.At(data, options.End.AddMonths(-3))),
            truth, labels, options.Seed)).Model);
    }

    private static T InWorld<T>(
        GeneratorOptions options, bool published, Func<PlatformData, Dictionary<string, Truth>, T> measure)
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

    /// <summary>
    /// Weeks from the onset of each fraud of the last sixteen weeks but four until it was first among the 2 %; infinite
    /// when it was not.
    /// </summary>
    private static List<double> Delays(PlatformData data, DateOnly end, Dictionary<string, Truth> truth)
    {
        var (begin, first) = (end.AddDays(-7 * Weeks), new Dictionary<string, DateOnly>());
        var begun = truth
            .Where(entry => entry.Value.IsFraud && entry.Value.Onset >= begin && entry.Value.Onset <= end.AddDays(-28))
            .ToList();
        for (var day = begin.AddDays(7); day <= end && begun.Count > 0; day = day.AddDays(7))
        {
            var scored = CertificationScorer.Score(new CertificationEvidence(CertificationMeasures.At(data, day)));
            foreach (var certification in scored
                .Where(candidate => candidate.IsWarm && candidate.Rank <= WorldFigures.Reviewed * scored.Length))
            {
                first.TryAdd(certification.Certification.Id, day);
            }
        }

        return
        [
            .. begun.Select(entry => first.TryGetValue(entry.Key, out var day)
                ? Math.Max(0, (day.DayNumber - entry.Value.Onset.DayNumber) / 7.0)
                : double.PositiveInfinity),
        ];
    }
}
