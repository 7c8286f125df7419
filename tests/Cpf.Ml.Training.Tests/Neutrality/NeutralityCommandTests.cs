using System.Text.Json;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Report;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Neutrality.Evaluation;
using Cpf.Ml.Training.Neutrality.Generation;
using Cpf.Ml.Training.Platform;

namespace Cpf.Ml.Training.Tests.Neutrality;

public sealed class NeutralityCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Planted_bias_is_found_and_reported_on_one_page()
    {
        var (exit, _, error) = await Cli.RunAsync(
            "data", "searches", "--out", _folder["log"], "--searches", "1500", "--questions", "80", "--penalty",
            "size=small:0.15", "--flood", "4");
        Assert.True(exit == 0, error);
        (exit, var output, error) = await Cli.RunAsync(
            "neutrality", "audit", "--logs", _folder["log"], "--out", _folder["audit"]);
        Assert.True(exit == 0, error);
        Assert.Contains("The engine is not neutral", output, StringComparison.Ordinal);
        Assert.Contains("Size of the organisation: small: seen 1", output, StringComparison.Ordinal);
        Assert.Contains("twice the offers at equal relevance give an organisation 2", output, StringComparison.Ordinal);
        Assert.Contains(
            "Taille de l&#x27;organisme : petits",
            await File.ReadAllTextAsync(_folder["audit/audit.html"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        (exit, output, error) = await Cli.RunAsync(
            "--json", "neutrality", "audit", "--logs", _folder["log"], "--before", _folder["audit/audit.json"]);
        Assert.True(exit == 0, error);
        Assert.Equal(
            "biased",
            JsonDocument.Parse(output).RootElement.GetProperty("lines").EnumerateArray()
                .First(line => line.GetProperty("group").GetString() == "small").GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Invalid_options_and_logs_are_refused_with_the_reason()
    {
        foreach (var (arguments, expected) in new (string[], string)[]
        {
            (
                ["data", "searches", "--out", _folder["x"], "--penalty", "size=small"],
                "«size=small» is not as size=small:0.1"),
            (["data", "searches", "--out", _folder["x"], "--penalty", "beauty=small:0.1"], "dimensions are size, kind"),
            (
                ["data", "searches", "--out", _folder["x"], "--flood", "99"],
                "--flood 99: expected a whole number, 0 to 23."),
            (["data", "searches", "--out", _folder["x"], "--gender", "2"], "--gender 2: expected a number, 0 to 1."),
            (
                ["neutrality", "audit", "--logs", _folder["nothing"]],
                "there is no such file, and searches cannot be missing"),
            (
                ["neutrality", "audit", "--logs", _folder["nothing"], "--tolerance", "2"],
                "--tolerance 2: expected a number, 0.0001 to 0.9999."),
        })
        {
            var (exit, _, error) = await Cli.RunAsync(arguments);
            Assert.Equal(2, exit);
            Assert.Contains(expected, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Audit_of_any_small_log_round_trips()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            using var writer = new PlatformWriter(SearchLogContract.Tables);
            var log = SearchLog.Read(
                new SearchWorld(
                    new SearchWorldOptions
                    {
                        Seed = seed,
                        Searches = seed,
                        Questions = 1 + (seed % 12),
                        Organisations = 30,
                        Flood = seed % 3,
                        Pairs = seed % 2,
                        GenderShare = 1,
                    }).Write(writer));
            var report = AuditReport.Create(log, new AuditSettings(), "1.0");
            Assert.Equal(report.Lines.Length, AuditReport.Parse(report.ToJson()).Lines.Length);
            Assert.EndsWith(
                "</html>",
                AuditHtml.Render(report, report, seed % 2 == 0 ? "fr" : "en").TrimEnd(),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Gap_is_explained_by_popularity_only_where_popularity_causes_it()
    {
        var world = new SearchWorldOptions { Seed = 3, Searches = 3000, PopularityPull = 0.3 };
        AuditLine Line(SearchWorldOptions options) => AuditTrials.Audit(options).Single(
            line => line.Key == "entrants/new");
        var explained = Line(world with { EntrantsPopularity = 0.1 });
        Assert.Equal(NeutralityVerdict.Biased, explained.Verdict);
        var first = explained.Explanations[0];
        Assert.Equal("popularity", first.Parameter);
        Assert.InRange(1, first.Low, first.High);
        Assert.InRange(first.Left, -0.03, 0.03);

        var direct = Line(world with { Penalties = [new("entrants", "new", 0.2)] });
        Assert.Equal(NeutralityVerdict.Biased, direct.Verdict);
        Assert.DoesNotContain(direct.Explanations, explanation => explanation.Parameter == "popularity");
    }

    [Fact]
    public void Only_biased_groups_are_explained_and_none_by_a_part_of_itself()
    {
        var lines = AuditTrials.Audit(
            new SearchWorldOptions
            {
                Seed = 4,
                Searches = 3000,
                Penalties = [new("size", "small", 0.3)],
            }).ToDictionary(line => line.Key);
        Assert.Equal(NeutralityVerdict.Biased, lines["size/small"].Verdict);
        Assert.All(
            lines.Values.Where(line => line.Dimension == "size-modality"),
            line => Assert.DoesNotContain(
                line.Explanations, explanation => explanation.Parameter.StartsWith("size/", StringComparison.Ordinal)));
        Assert.All(
            lines.Values.Where(line => line.Verdict != NeutralityVerdict.Biased || line.Dimension == "organisation"),
            line => Assert.Empty(line.Explanations));
    }

    [Fact]
    public void Engine_without_bias_is_never_called_biased_and_mostly_proven_neutral()
    {
        var lines = AuditTrials.Audit(new SearchWorldOptions { Seed = 9, Searches = 2500, Questions = 120 });
        Assert.DoesNotContain(lines, line => line.Verdict == NeutralityVerdict.Biased);
        Assert.True(lines.Count(line => line.Verdict == NeutralityVerdict.Neutral) > 30);
    }

    [Fact]
    public void Planted_penalty_is_estimated_at_its_size_and_gone_after_correction()
    {
        var options = new SearchWorldOptions
        {
            Seed = 5,
            Searches = 2500,
            Questions = 120,
            Penalties = [new("modality", "remote", 0.15)],
        };
        var before = AuditTrials.Audit(options).Single(line => line.Key == "modality/remote");
        Assert.InRange(before.Effect, -0.17, -0.13);
        Assert.InRange(-0.15, before.Low - 0.01, before.High + 0.01);
        var correction = new SearchWorld.Correction(new(), new() { Shown = options.Shown }, ["modality"]);
        var after = AuditTrials.Audit(options, correction).Single(line => line.Key == "modality/remote");
        Assert.Equal(NeutralityVerdict.Neutral, after.Verdict);
        Assert.InRange(correction.Losses.Average(), -1, 0.0005);
    }

    [Fact]
    public void Synonyms_with_worse_answers_are_found()
    {
        var line = AuditTrials.Audit(
            new SearchWorldOptions
            {
                Seed = 6,
                Searches = 4000,
                Questions = 80,
                Pairs = 40,
                GenderShare = 0.8,
            }).Single(item => item.Dimension == "pair-gender");
        Assert.Equal(NeutralityVerdict.Biased, line.Verdict);
    }

    [Fact]
    public async Task Answers_are_reranked_line_by_line_and_the_invalid_one_is_named()
    {
        var constraint = _folder.Write(
            "constraint.json", """{"dimensions":["size"],"target":"relevance","cap":1,"shown":2}""");
        static string Offer(string id, string size) => JsonSerializer.Serialize(
            new { id, organisation = size, score = 1, relevance = 1, groups = new { size } });
        static string Line(params string[] offers) =>
            $$"""{"query":"anglais","day":"2026-06-01","offers":[{{string.Join(',', offers)}}]}""" + "\n\n";
        var good = _folder.Write("good.jsonl", Line(Offer("a", "large"), Offer("b", "large"), Offer("c", "small")));
        var (exit, output, error) = await Cli.RunAsync(
            "neutrality", "rerank", "--in", good, "--out", _folder["out.jsonl"], "--constraint", constraint);
        Assert.True(exit == 0, error);
        Assert.Contains("size=small", output, StringComparison.Ordinal);
        var answer = JsonDocument.Parse(
            (await File.ReadAllLinesAsync(_folder["out.jsonl"], TestContext.Current.CancellationToken))[0]).RootElement;
        Assert.Equal(
            ["a", "b", "c"], answer.GetProperty("original").EnumerateArray().Select(element => element.GetString()));
        Assert.Contains(
            "c", answer.GetProperty("order").EnumerateArray().Take(2).Select(element => element.GetString()));

        foreach (var (text, expected) in new[]
        {
            (Line(Offer("a", "small"), Offer("a", "small")), "line 1: offers[1].id: a is there twice."),
            ("nonsense", "line 1: "),
        })
        {
            (exit, _, error) = await Cli.RunAsync(
                "neutrality", "rerank", "--in", _folder.Write("bad.jsonl", text), "--out", _folder["out.jsonl"],
                "--constraint", constraint);
            Assert.Equal(2, exit);
            Assert.Contains(expected, error, StringComparison.Ordinal);
        }

        (exit, _, error) = await Cli.RunAsync(
            "neutrality",
            "rerank",
            "--in",
            good,
            "--out",
            _folder["out.jsonl"],
            "--constraint",
            _folder.Write("wrong.json", """{"mostLoss":3}"""));
        Assert.Equal(2, exit);
        Assert.Contains("MaxLoss and MeanLoss lie between 0 and 1", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Position_bias_is_found_within_its_intervals()
    {
        var result = PositionTrials.Run(PositionTrials.Short, 4, 400_000, Progress.None);
        Assert.InRange(result.Error, 0, 0.08);
        Assert.InRange(result.Coverage, 0.75, 1);
        Assert.True(result.Naive > 3 * result.Error);
    }

    public void Dispose() => _folder.Dispose();
}
