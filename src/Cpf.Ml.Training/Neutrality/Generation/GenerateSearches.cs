using System.CommandLine;
using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Platform;
using static System.FormattableString;

namespace Cpf.Ml.Training.Neutrality.Generation;

/// <summary>
/// <c>cpf-ml data searches</c>: a synthetic search engine, as the tables of <c>docs/search-log.md</c>.
/// </summary>
internal sealed class GenerateSearches
{
    private static readonly SearchWorldOptions Defaults = new();

    private readonly Option<DirectoryInfo> _output = new("--out")
    {
        Required = true,
        Description = "Folder for the tables, as Parquet.",
    };

    private readonly RangeOption<int> _seed = new("--seed", 0, int.MaxValue, "Seed: another seed, another world.")
    {
        DefaultValueFactory = _ => Defaults.Seed,
    };

    private readonly RangeOption<int> _searches = new("--searches", 1, 10_000_000, "Searches.")
    {
        DefaultValueFactory = _ => Defaults.Searches,
    };

    private readonly RangeOption<int> _questions = new("--questions", 1, 1_000_000, "Distinct queries.")
    {
        DefaultValueFactory = _ => Defaults.Questions,
    };

    private readonly Option<string[]> _penalties = new("--penalty")
    {
        Description = "A group that gets less exposure at equal relevance, and by which share, from 0 to less than 1: "
            + "size=small:0.1, entrants=new:0.2. Several may be given; none by default.",
    };

    private readonly RangeOption<int> _flood = new(
        "--flood", 0, Defaults.Pool - 1, "Offers that one organisation has for each query; 0 for no flooding.")
    {
        DefaultValueFactory = _ => Defaults.Flood,
    };

    private readonly RangeOption<double> _popularity = new(
        "--popularity", -10, 10, "Exponent with which past orders raise an offer among equals; 0 for no influence.")
    {
        DefaultValueFactory = _ => Defaults.PopularityPull,
    };

    private readonly RangeOption<double> _entrants = new(
        "--entrants-popularity", 0, 100, "Past orders of new organisations' offers, as a multiple of those of others.")
    {
        DefaultValueFactory = _ => Defaults.EntrantsPopularity,
    };

    private readonly RangeOption<double> _profile = Share("--profile", "Share of queries whose answers differ for "
        + "jobseekers.");

    private readonly RangeOption<double> _gender = Share("--gender", "Share of jobs whose feminine form is answered "
        + "worse.");

    private readonly RangeOption<int> _regions = new(
        "--region-pairs", 0, 1_000_000, "Queries that are asked in two regions, one of them overseas.")
    {
        DefaultValueFactory = _ => Defaults.RegionPairs,
    };

    private readonly RangeOption<double> _lack = Share("--region-lack", "Share of offers that the overseas region "
        + "lacks.");

    private readonly Option<bool> _features = new("--features")
    {
        Description = "Writes the engine's features of offers too, from which relevance can be learnt. Off by default.",
    };

    private readonly Option<bool> _propensities = new("--propensities")
    {
        Description = "Writes the examination probability of each position too. Off by default.",
    };

    private readonly RangeOption<double> _words = Share("--words-only", "How far the engine sorts by words alone; "
        + "needs --features.");

    public static Command Create() => new GenerateSearches().CreateCommand();

    private LeafCommand CreateCommand()
    {
        var command = new LeafCommand(
            "searches",
            "Generates a synthetic search engine with its clicks: neutral, or with biases of known size.",
            "data searches --out out/searches --searches 1500 --questions 80 --penalty entrants=new:0.15 --features")
        {
            _output, _seed, _searches, _questions, _penalties, _flood, _popularity, _entrants, _profile, _gender,
            _regions, _lack, _features, _propensities, _words,
        };
        command.SetWork((parsed, progress) =>
        {
            var (options, folder) = (Read(parsed), parsed.GetRequiredValue(_output).FullName);
            progress.Begin("generating searches");
            using var writer = new PlatformWriter(SearchLogContract.Tables);
            new SearchWorld(options).Write(writer);
            writer.Save(folder);
            var impressions = (long)options.Searches * options.Pool;
            return new CommandResult(
                new { folder, options.Searches, queries = options.Questions, impressions },
                console => console.WriteLine(
                    Invariant($"{folder}: {options.Searches} searches of {options.Questions} queries, ")
                    + Invariant($"{impressions} impressions.")));
        });
        return command;
    }

    private SearchWorldOptions Read(ParseResult parsed)
    {
        var (regionPairs, questions) = (parsed.GetValue(_regions), parsed.GetValue(_questions));
        var maxRegionPairs = Math.Max(0, (questions / 2) - Defaults.Pairs);
        if (regionPairs > maxRegionPairs)
        {
            throw new InputException(Invariant($"--region-pairs {regionPairs}: with --questions {questions}, at most ")
                + Invariant($"{maxRegionPairs}: each needs two queries, beside {2 * Defaults.Pairs} of masculine and ")
                + Invariant($"feminine forms."));
        }

        var wordsOnly = parsed.GetValue(_words);
        if (wordsOnly > 0 && !parsed.GetValue(_features))
        {
            throw new InputException(Invariant($"--words-only {wordsOnly}: it needs --features."));
        }

        return Defaults with
        {
            Seed = parsed.GetValue(_seed),
            Searches = parsed.GetValue(_searches),
            Questions = questions,
            Penalties = [.. (parsed.GetValue(_penalties) ?? []).Select(ReadPenalty)],
            Flood = parsed.GetValue(_flood),
            PopularityPull = parsed.GetValue(_popularity),
            EntrantsPopularity = parsed.GetValue(_entrants),
            ProfileShare = parsed.GetValue(_profile),
            GenderShare = parsed.GetValue(_gender),
            RegionPairs = regionPairs,
            RegionLack = parsed.GetValue(_lack),
            HasFeatures = parsed.GetValue(_features),
            KnowsPropensities = parsed.GetValue(_propensities),
            WordsOnly = wordsOnly,
        };
    }

    private static Penalty ReadPenalty(string text)
    {
        if (text.Split(':') is [var left, var number]
            && double.TryParse(number, CultureInfo.InvariantCulture, out var size) && size is >= 0 and < 1
            && left.Split('=') is [var dimension, var group]
            && AuditDimension.All.Any(known => known.Id == dimension))
        {
            return new Penalty(dimension, group, size);
        }

        var dimensions = string.Join(", ", AuditDimension.All.Select(known => known.Id));
        throw new InputException(
            $"--penalty: «{text}» is not as size=small:0.1, with a share from 0 to less than 1; dimensions are "
                + $"{dimensions}.");
    }

    private static RangeOption<double> Share(string name, string description) =>
        new(name, 0, 1, description) { DefaultValueFactory = _ => 0 };
}
