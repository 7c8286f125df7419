using System.Text.Json;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Model;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Neutrality.Evaluation;
using Cpf.Ml.Training.Neutrality.Learning;

namespace Cpf.Ml.Training.Tests.Neutrality;

public sealed class RelevanceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Relevance_model_leaves_popularity_out_with_the_reason_and_serves_audits_and_reranking()
    {
        var (exit, _, error) = await Cli.RunAsync(
            "data", "searches", "--out", _folder["log"], "--searches", "3000", "--questions", "120", "--features",
            "--words-only", "1", "--penalty", "size=small:0.3");
        Assert.True(exit == 0, error);
        (exit, var output, error) = await Cli.RunAsync(
            "train", "relevance", "--logs", _folder["log"], "--models", _folder["models"]);
        Assert.True(exit == 0, error);
        Assert.Contains(
            "left out past_orders: it is popularity under another name (100%", output, StringComparison.Ordinal);
        Assert.Contains(
            "c'est la popularité sous un autre nom",
            await File.ReadAllTextAsync(_folder["models/relevance/card.md"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        var (model, manifest) = RelevanceModel.Read(_folder["models/relevance"]);
        Assert.Equal(["distance_km", "starts_in_days", "text_match"], model.Features);
        Assert.True(
            manifest.DifferenceLow > 0,
            $"Better than the engine by {manifest.DifferenceLow} to {manifest.DifferenceHigh}.");
        Assert.True(
            model.Predict(
                new Dictionary<string, double>
                {
                    ["text_match"] = 0.9,
                    ["distance_km"] = 1,
                    ["starts_in_days"] = 5,
                }) > 2 * model.Predict(
                    new Dictionary<string, double>
                    {
                        ["text_match"] = 0.3,
                        ["distance_km"] = 90,
                        ["starts_in_days"] = 150,
                    }));

        (exit, output, error) = await Cli.RunAsync(
            "neutrality", "audit", "--logs", _folder["log"], "--relevance", _folder["models/relevance"], "--out",
            _folder["audit"]);
        Assert.True(exit == 0, error);
        Assert.Contains("Size of the organisation: small: seen", output, StringComparison.Ordinal);
        Assert.Contains(
            "elle est apprise des clics",
            System.Net.WebUtility.HtmlDecode(
                await File.ReadAllTextAsync(_folder["audit/audit.html"], TestContext.Current.CancellationToken)),
            StringComparison.Ordinal);

        await File.WriteAllTextAsync(_folder["answers"], """
            {"query": "anglais", "day": "2026-06-01", "offers": [
             {"id": "far", "organisation": "A", "score": 0.9,
              "features": {"text_match": 0.9, "distance_km": 200, "starts_in_days": 170}},
             {"id": "near", "organisation": "B", "score": 0.8,
              "features": {"text_match": 0.9, "distance_km": 1, "starts_in_days": 5}}]}
            """.ReplaceLineEndings(""), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            _folder["constraint"], """{"byRelevance": true}""", TestContext.Current.CancellationToken);
        (exit, _, error) = await Cli.RunAsync(
            "neutrality", "rerank", "--in", _folder["answers"], "--constraint", _folder["constraint"], "--relevance",
            _folder["models/relevance"], "--out", _folder["ranked"]);
        Assert.True(exit == 0, error);
        Assert.Equal(
            "near",
            JsonDocument.Parse(
                await File.ReadAllTextAsync(
                    _folder["ranked"],
                    TestContext.Current.CancellationToken)).RootElement.GetProperty("order")[0].GetString());
    }

    [Fact]
    public async Task Known_propensities_are_used_and_set_against_what_clicks_say()
    {
        var (exit, _, error) = await Cli.RunAsync(
            "data", "searches", "--out", _folder["log"], "--searches", "2000", "--questions", "60", "--features",
            "--propensities");
        Assert.True(exit == 0, error);
        (exit, _, error) = await Cli.RunAsync(
            "train", "relevance", "--logs", _folder["log"], "--models", _folder["models"], "--target", "purchases",
            "--keep", "past_orders");
        Assert.True(exit == 0, error);
        var (model, manifest) = RelevanceModel.Read(_folder["models/relevance"]);
        Assert.Equal(1, manifest.KnownPropensities);
        Assert.Equal("purchases", manifest.Target);
        Assert.Contains(
            "**Le moteur classe mieux que ce modèle**",
            RelevanceModelCard.Render(manifest with { DifferenceHigh = -0.01 }),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Le moteur classe mieux",
            RelevanceModelCard.Render(manifest with { DifferenceHigh = 0.01 }),
            StringComparison.Ordinal);
        Assert.Contains("past_orders", model.Features);

        (exit, var output, error) = await Cli.RunAsync("--json", "neutrality", "audit", "--logs", _folder["log"]);
        Assert.True(exit == 0, error);
        var positions = JsonDocument.Parse(output).RootElement.GetProperty("positions").EnumerateArray().ToList();
        Assert.Equal(Math.Pow(4, -0.7), positions[3].GetProperty("known").GetDouble(), 1e-9);
        Assert.InRange(
            positions[3].GetProperty("known").GetDouble(),
            positions[3].GetProperty("low").GetDouble(),
            positions[3].GetProperty("high").GetDouble());
    }

    [Fact]
    public async Task Logs_without_enough_to_learn_from_are_refused_with_the_reason()
    {
        await Cli.RunAsync("data", "searches", "--out", _folder["bare"], "--searches", "50", "--questions", "10");
        await Cli.RunAsync(
            "data", "searches", "--out", _folder["few"], "--searches", "20", "--questions", "10", "--features");
        foreach (var (arguments, expected) in new (string[], string)[]
        {
            (
                ["train", "relevance", "--logs", _folder["bare"], "--models", _folder["m"]],
                "table features is missing or empty"),
            (["train", "relevance", "--logs", _folder["few"], "--models", _folder["m"]], "it takes 200"),
            (
                ["train", "relevance", "--logs", _folder["few"], "--models", _folder["m"], "--keep", "beauty"],
                "--keep: no feature beauty; the log has distance_km"),
            (
                ["train", "relevance", "--logs", _folder["few"], "--models", _folder["m"], "--target", "smiles"],
                "smiles"),
            (["data", "searches", "--out", _folder["x"], "--words-only", "1"], "--words-only 1: it needs --features."),
            (
                ["neutrality", "audit", "--logs", _folder["few"], "--relevance", _folder["nothing"]],
                "the model cannot be read"),
        })
        {
            var (exit, _, error) = await Cli.RunAsync(arguments);
            Assert.Equal(2, exit);
            Assert.Contains(expected, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Exported_trees_predict_as_FastTree_and_training_is_deterministic()
    {
        var random = new Random(1);
        RelevanceExample[] all = [.. Enumerable.Range(0, 600)
            .Select(i => (X: random.NextDouble(), Y: random.NextDouble())).Select(
                (row, i) => new RelevanceExample(
                    i % 60, i, [row.X, row.Y], 1, 100, 100, row.X > 0.5 && row.Y > 0.5 ? 30 : 5))];
        var examples = new RelevanceExamples(null!, ["x", "y"], [.. all], 0, 0, 0);
        var (model, blind) = RelevanceTrees.Fit(examples);
        Assert.Equal(RelevanceTrees.Folds, blind.Length);
        Assert.InRange(model.Predict([0.9, 0.9]), 0.28, 0.32);
        Assert.InRange(model.Predict([0.1, 0.9]), 0.03, 0.07);
        Assert.Equal(model.Predict([model.Medians[0], 0.9]), model.Predict([double.NaN, 0.9]));
        Assert.Equal(JsonSerializer.Serialize(model), JsonSerializer.Serialize(RelevanceTrees.Fit(examples).Model));
    }

    [Fact]
    public void A_feature_of_the_organisation_is_left_out_and_one_of_the_offer_is_not()
    {
        var random = new Random(2);
        LoggedOffer[] offers = [.. Enumerable.Range(0, 200)
            .Select(
                i => new LoggedOffer($"o{i}", i / 8, null, null, null, null, null, null, null, random.NextDouble()))];
        var log = new SearchLog(
            [],
            [.. offers],
            [.. Enumerable.Range(0, 25).Select(i => new LoggedOrganisation($"A{i}", null, null, null))],
            [],
            [],
            new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            default);
        var examples = new RelevanceExamples(
            log,
            ["brand", "match", "orders", "same"],
            [
                .. offers.Select(
                    (offer, i) => new RelevanceExample(
                        i % 20,
                        i,
                        [
                            offer.Organisation + random.NextDouble(),
                            random.NextDouble(),
                            Math.Log(1 + offer.Popularity!.Value),
                            1,
                        ],
                        1,
                        1,
                        1,
                        0))
            ],
            0,
            0,
            0);
        var left = FeatureLeaks.Find(examples);
        Assert.Equal(["brand", "orders", "same"], left.Keys);
        Assert.Contains("who sells", left["brand"].En, StringComparison.Ordinal);
        Assert.Contains("popularity under another name", left["orders"].En, StringComparison.Ordinal);
    }

    [Fact]
    public void Clicks_weighted_by_position_train_a_better_ranking_than_raw_clicks_and_the_engine()
    {
        var (engine, raw, weighed) = RelevanceTrials.Ranking(2, Progress.None);
        Assert.True(weighed > raw && raw > engine, $"engine {engine}, raw {raw}, weighed {weighed}");
    }

    public void Dispose() => _folder.Dispose();
}
