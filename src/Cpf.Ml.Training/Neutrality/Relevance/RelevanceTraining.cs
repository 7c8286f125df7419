using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Model;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Neutrality.Relevance;

/// <summary><c>cpf-ml train relevance</c>: relevance from clicks weighed by position, without who sells and without popularity.</summary>
internal static class RelevanceTraining
{
    private const string Clicks = "clicks";
    private const string Purchases = "purchases";

    /// <summary>Fewer events tell nothing of several features.</summary>
    private const int FewestEvents = 200;

    public static Command Create()
    {
        var logs = new Option<DirectoryInfo>("--logs") { Required = true, Description = "Folder with the tables of docs/search-log.md, features among them." };
        var models = new Option<DirectoryInfo>("--models") { Required = true, Description = "Folder of models; relevance/ in it is written." };
        var target = new Option<string>("--target") { Description = $"What is foreseen: {Clicks} or {Purchases}.", DefaultValueFactory = _ => Clicks };
        target.AcceptOnlyFromAmong(Clicks, Purchases);
        var keep = new Option<string[]>("--keep") { Description = "A feature to learn from although it says who sells or how popular an offer is. Several may be given.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("relevance", "Relevance of offers, learnt from clicks weighed by how likely their position is looked at.") { logs, models, target, keep };
        command.SetAction(parsed =>
        {
            var (folder, wanted) = (parsed.GetRequiredValue(logs).FullName, parsed.GetRequiredValue(target));
            var (examples, left) = Examples(folder, wanted == Purchases, parsed.GetValue(keep) ?? []);
            var (model, blind) = RelevanceTrees.Fit(examples);
            var check = RelevanceCheck.Of(examples, blind);
            var files = model.Files();
            var manifest = ModelFolder.Seal(
                new RelevanceManifest
                {
                    Name = RelevanceModel.Name,
                    Code = typeof(RelevanceModel).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
                    Target = wanted,
                    Features = model.Features,
                    LeftOut = left,
                    From = DateOnly.FromDateTime(examples.Log.Searches.Min(search => search.At)),
                    Until = examples.Log.LastDay,
                    Questions = examples.All.Select(one => one.Question).Distinct().Count(),
                    Events = examples.Events,
                    EffectiveEvents = Math.Round(examples.Effective, 1),
                    KnownPropensities = examples.Known,
                    EngineGain = check.Engine,
                    ModelGain = check.Model,
                    DifferenceLow = check.Low,
                    DifferenceHigh = check.High,
                    Importance = check.Importance,
                    Data = Directory.EnumerateFiles(folder).Where(file => SearchLogContract.Tables.Any(table => table.Name == Path.GetFileNameWithoutExtension(file))).Order(StringComparer.Ordinal)
                        .ToDictionary(file => Path.GetFileName(file), file => ModelFolder.Hash(File.ReadAllBytes(file))),
                },
                files);
            var output = Path.Combine(parsed.GetRequiredValue(models).FullName, RelevanceModel.Name);
            ModelFolder.Write(output, manifest, files, new Dictionary<string, byte[]> { [RelevanceCard.Name] = Encoding.UTF8.GetBytes(RelevanceCard.Of(manifest)) });
            Tell(parsed.InvocationConfiguration.Output, manifest, examples.LeftOut, output);
            return 0;
        });
        return command;
    }

    /// <exception cref="InputException">The log cannot be read, or has nothing to learn from.</exception>
    private static (RelevanceExamples Examples, IReadOnlyDictionary<string, Text> LeftOut) Examples(string folder, bool purchases, string[] keep)
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
            if (examples.Events < FewestEvents)
            {
                throw new InputException($"{folder}: {examples.Events} {(purchases ? Purchases : Clicks)} on offers whose features and position are known; it takes {FewestEvents}.");
            }

            var left = FeatureLeaks.Of(examples).RemoveRange(keep);
            return left.Count == examples.Features.Length
                ? throw new InputException($"{folder}: no feature is left: {string.Join("; ", left.Select(one => $"{one.Key}: {one.Value.En}"))}.")
                : (examples.With([.. examples.Features.Where(name => !left.ContainsKey(name))]), left);
        }
        catch (PlatformDataException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private static void Tell(TextWriter console, RelevanceManifest manifest, long unseen, string folder)
    {
        string N(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{manifest.Name}@{manifest.Version}: {manifest.Events} {manifest.Target} (worth {manifest.EffectiveEvents:F0} when weighed) of {manifest.Questions} questions, in {folder}"));
        console.WriteLine($"  on questions that it had not seen, nDCG by weighted {manifest.Target}: engine {N(manifest.EngineGain)}, model {N(manifest.ModelGain)}; difference [{N(manifest.DifferenceLow)}, {N(manifest.DifferenceHigh)}]");
        if (manifest.DifferenceHigh < 0)
        {
            console.WriteLine("  the engine ranks better than the model: do not rank by it, and audit by it only where the engine's relevance cannot be trusted");
        }

        console.WriteLine($"  by {string.Join(", ", manifest.Importance.OrderByDescending(one => one.Value).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {100 * one.Value:F0} %")))}");
        foreach (var (name, why) in manifest.LeftOut)
        {
            console.WriteLine($"  left out {name}: {why.En}");
        }

        if (unseen > 0)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  left out {unseen} impressions at positions of which nothing tells how likely they are looked at"));
        }
    }
}
