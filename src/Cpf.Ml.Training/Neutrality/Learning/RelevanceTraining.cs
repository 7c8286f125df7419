using System.CommandLine;
using System.Reflection;
using System.Text;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Model;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using static System.FormattableString;

namespace Cpf.Ml.Training.Neutrality.Learning;

/// <summary>
/// <c>cpf-ml train relevance</c>: relevance from clicks weighed by position, without who sells and without popularity.
/// </summary>
internal static class RelevanceTraining
{
    private const string Clicks = "clicks";
    private const string Purchases = "purchases";

    /// <summary>Fewer events cannot distinguish several features.</summary>
    private const int MinEvents = 200;

    public static Command Create()
    {
        var logs = new Option<DirectoryInfo>("--logs")
        {
            Required = true,
            Description = "Folder with the tables of docs/search-log.md, features among them.",
        };
        var models = new Option<DirectoryInfo>("--models")
        {
            Required = true,
            Description = "Folder of models, in which relevance/ is written.",
        };
        var target = new Option<string>("--target")
        {
            Description = $"What is predicted: {Clicks} or {Purchases}.",
            DefaultValueFactory = _ => Clicks,
        };
        target.AcceptOnlyFromAmong(Clicks, Purchases);
        var keep = new Option<string[]>("--keep")
        {
            Description = "A feature to learn from although it reveals the seller or the popularity. Several may be "
                + "given; none by default.",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new LeafCommand(
            "relevance",
            "Trains the relevance of offers on clicks weighted by the inverse of the position bias, without seller and "
                + "popularity.",
            """
            data searches --out out/clicks --searches 6000 --questions 240 --features
            train relevance --logs out/clicks --models out/models
            """)
        {
            logs, models, target, keep,
        };
        command.SetWork((parsed, progress) => Run(
            parsed.GetRequiredValue(logs).FullName,
            Path.Combine(parsed.GetRequiredValue(models).FullName, RelevanceModel.Name),
            parsed.GetRequiredValue(target),
            parsed.GetValue(keep) ?? [],
            progress));
        return command;
    }

    private static CommandResult Run(string logs, string output, string target, string[] keep, Progress progress)
    {
        progress.Begin("reading the log");
        var (examples, left) = Examples(logs, target == Purchases, keep);
        progress.Begin("training");
        var (model, blind) = RelevanceTrees.Fit(examples);
        progress.Begin("comparing with the engine");
        var check = RelevanceCheck.Compare(examples, blind);
        var files = model.Files();
        var manifest = ModelFolder.Seal(
            new RelevanceManifest
            {
                Name = RelevanceModel.Name,
                Code = typeof(RelevanceModel).Assembly
                    .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
                Target = target,
                Features = model.Features,
                LeftOut = left,
                From = DateOnly.FromDateTime(examples.Log.Searches.Min(search => search.At)),
                Until = examples.Log.LastDay,
                Questions = examples.All.Select(example => example.Question).Distinct().Count(),
                Events = examples.Events,
                EffectiveEvents = Math.Round(examples.Effective, 1),
                KnownPropensities = examples.Known,
                EngineGain = check.Engine,
                ModelGain = check.Model,
                DifferenceLow = check.Low,
                DifferenceHigh = check.High,
                Importance = check.Importance,
                Data = TableFiles.Hashes(logs, SearchLogContract.Tables),
            },
            files);
        var card = Encoding.UTF8.GetBytes(RelevanceModelCard.Render(manifest));
        ModelFolder.Write(output, manifest, files, new Dictionary<string, byte[]> { [RelevanceModelCard.Name] = card });
        return Report(manifest, examples.LeftOut, output);
    }

    /// <exception cref="InputException">The log cannot be read, or has nothing to learn from.</exception>
    private static (RelevanceExamples Examples, IReadOnlyDictionary<string, Text> LeftOut) Examples(
        string folder, bool purchases, string[] keep)
    {
        try
        {
            using var data = PlatformData.Open(folder, tables: SearchLogContract.Tables);
            var names = LoggedFeatures.NamesIn(data.Connection);
            if (names.Count == 0)
            {
                throw new InputException($"{folder}: table features is missing or empty; relevance is learnt from it.");
            }

            if (keep.Except(names).FirstOrDefault() is { } unknown)
            {
                throw new InputException($"--keep: no feature {unknown}; the log has {string.Join(", ", names)}.");
            }

            var examples = RelevanceExamples.Read(data.Connection, purchases);
            if (examples.Events < MinEvents)
            {
                throw new InputException($"{folder}: {examples.Events} {(purchases ? Purchases : Clicks)} on offers "
                    + $"whose features and position are known; it takes {MinEvents}.");
            }

            var left = FeatureLeaks.Find(examples).RemoveRange(keep);
            return left.Count == examples.Features.Length
                ? throw new InputException($"{folder}: no feature is left: "
                    + $"{string.Join("; ", left.Select(entry => $"{entry.Key}: {entry.Value.En}"))}.")
                : (examples.With([.. examples.Features.Where(name => !left.ContainsKey(name))]), left);
        }
        catch (PlatformDataException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private static CommandResult Report(RelevanceManifest manifest, long unknownPositions, string folder)
    {
        var document = new
        {
            model = $"{manifest.Name}@{manifest.Version}",
            folder,
            manifest.Target,
            manifest.Events,
            effective_events = manifest.EffectiveEvents,
            queries = manifest.Questions,
            engine_ndcg = manifest.EngineGain,
            model_ndcg = manifest.ModelGain,
            difference = new[] { manifest.DifferenceLow, manifest.DifferenceHigh },
            manifest.Importance,
            left_out = manifest.LeftOut.ToDictionary(entry => entry.Key, entry => entry.Value.En),
            impressions_left_out = unknownPositions,
        };
        return new CommandResult(document, console => Print(console, manifest, unknownPositions, folder));
    }

    private static void Print(TextWriter console, RelevanceManifest manifest, long unknownPositions, string folder)
    {
        console.WriteLine(
            Invariant($"{manifest.Name}@{manifest.Version}: {manifest.Events} {manifest.Target} (effective sample ")
            + Invariant($"size {manifest.EffectiveEvents:F0}) of {manifest.Questions} queries, in {folder}"));
        console.WriteLine(
            Invariant($"  nDCG by weighted {manifest.Target} on held-out queries: engine {manifest.EngineGain:F3}, ")
            + Invariant($"model {manifest.ModelGain:F3}; difference [{manifest.DifferenceLow:F3}, ")
            + Invariant($"{manifest.DifferenceHigh:F3}]"));
        if (manifest.DifferenceHigh < 0)
        {
            console.WriteLine("  the engine ranks better than the model: do not rank by it, and audit by it only where "
                + "the engine's relevance cannot be trusted");
        }

        var importance = manifest.Importance.OrderByDescending(entry => entry.Value);
        var shares = importance.Select(feature => Invariant($"{feature.Key} {100 * feature.Value:F0} %"));
        console.WriteLine($"  by {string.Join(", ", shares)}");
        foreach (var (name, reason) in manifest.LeftOut)
        {
            console.WriteLine($"  left out {name}: {reason.En}");
        }

        if (unknownPositions > 0)
        {
            console.WriteLine(Invariant($"  left out {unknownPositions} impressions at positions of unknown ")
                + Invariant($"examination probability"));
        }
    }
}
