using System.CommandLine;
using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Data.Generation;
using Cpf.Ml.Training.Neutrality.Generation;

namespace Cpf.Ml.Training.Neutrality;

/// <summary><c>cpf-ml data searches</c>: an imagined search engine, as the tables of <c>docs/search-log.md</c>.</summary>
internal static class GenerateSearches
{
    public static Command Create()
    {
        var defaults = new SearchWorldOptions();
        var output = new Option<DirectoryInfo>("--out") { Required = true, Description = "Folder for the tables, as Parquet." };
        var seed = new Option<int>("--seed") { Description = "Another seed, another world.", DefaultValueFactory = _ => defaults.Seed };
        var searches = new Option<int>("--searches") { Description = "How many.", DefaultValueFactory = _ => defaults.Searches };
        var questions = new Option<int>("--questions") { Description = "Different queries.", DefaultValueFactory = _ => defaults.Questions };
        var penalties = new Option<string[]>("--penalty") { Description = "A group that gets less exposure at equal relevance, and by how much: size=small:0.1, entrants=new:0.2. Several may be given." };
        var flood = new Option<int>("--flood") { Description = "Offers that one organisation has in each pool." };
        var popularity = new Option<double>("--popularity") { Description = "Exponent with which past orders pull an offer up among equals." };
        var entrants = new Option<double>("--entrants-popularity") { Description = "Past orders of new organisations' offers against those of others.", DefaultValueFactory = _ => defaults.EntrantsPopularity };
        var profile = new Option<double>("--profile") { Description = "Share of queries that answer jobseekers differently." };
        var gender = new Option<double>("--gender") { Description = "Share of jobs whose feminine is answered worse." };
        var regions = new Option<int>("--region-pairs") { Description = "Queries that are asked in two regions, one overseas." };
        var lack = new Option<double>("--region-lack") { Description = "Share of offers that the one overseas lacks." };
        var features = new Option<bool>("--features") { Description = "Also what the engine knows of offers, from which relevance can be learnt." };
        var propensities = new Option<bool>("--propensities") { Description = "Also how likely each position is looked at." };
        var words = new Option<double>("--words-only") { Description = "How far the engine sorts by words alone, 0 to 1; with --features." };
        var command = new Command("searches", "An imagined search engine and what people click: neutral, or with biases of known size.") { output, seed, searches, questions, penalties, flood, popularity, entrants, profile, gender, regions, lack, features, propensities, words };
        command.SetAction(parsed =>
        {
            var options = defaults with
            {
                Seed = parsed.GetValue(seed),
                Searches = parsed.GetValue(searches) is > 0 and var many ? many : throw new InputException("--searches is at least 1."),
                Questions = parsed.GetValue(questions) is > 0 and var different ? different : throw new InputException("--questions is at least 1."),
                Penalties = [.. (parsed.GetValue(penalties) ?? []).Select(PenaltyOf)],
                Flood = parsed.GetValue(flood) is var offers && offers >= 0 && offers < defaults.Pool ? offers : throw new InputException($"--flood lies between 0 and {defaults.Pool - 1}."),
                PopularityPull = parsed.GetValue(popularity),
                EntrantsPopularity = parsed.GetValue(entrants) is >= 0 and <= 100 and var orders ? orders : throw new InputException("--entrants-popularity lies between 0 and 100."),
                ProfileShare = Share("--profile", parsed.GetValue(profile)),
                GenderShare = Share("--gender", parsed.GetValue(gender)),
                RegionPairs = parsed.GetValue(regions) is var twice && (twice == 0 || (twice > 0 && 2 * (twice + defaults.Pairs) <= parsed.GetValue(questions))) ? twice : throw new InputException($"--region-pairs: twice as many, and {2 * defaults.Pairs} of genders, are at most --questions."),
                RegionLack = Share("--region-lack", parsed.GetValue(lack)),
                HasFeatures = parsed.GetValue(features),
                KnowsPropensities = parsed.GetValue(propensities),
                WordsOnly = Share("--words-only", parsed.GetValue(words)) is var far && (far == 0 || parsed.GetValue(features)) ? far : throw new InputException("--words-only needs --features."),
            };
            var folder = parsed.GetRequiredValue(output).FullName;
            using var writer = new PlatformWriter(SearchLogContract.Tables);
            new SearchWorld(options).Write(writer);
            writer.Save(folder);
            parsed.InvocationConfiguration.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folder}: {options.Searches} searches of {options.Questions} queries, {options.Searches * options.Pool} impressions."));
            return 0;
        });
        return command;
    }

    private static Penalty PenaltyOf(string text)
    {
        var (left, size) = text.Split(':') is [var before, var number] && double.TryParse(number, CultureInfo.InvariantCulture, out var parsed) && parsed is >= 0 and < 1 ? (before, parsed) : ("", 0);
        return left.Split('=') is [var dimension, var group] && AuditDimension.All.Any(one => one.Id == dimension)
            ? new(dimension, group, size)
            : throw new InputException($"--penalty: «{text}» is not as size=small:0.1; dimensions are {string.Join(", ", AuditDimension.All.Select(one => one.Id))}.");
    }

    private static double Share(string option, double value) => value is >= 0 and <= 1 ? value : throw new InputException($"{option} lies between 0 and 1.");
}
