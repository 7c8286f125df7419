using System.Net;
using System.Net.Sockets;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Training.Neutrality.Probes;

namespace Cpf.Ml.Training.Tests.Neutrality;

public sealed class ProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(null, NeutralityVerdict.Neutral)]
    [InlineData("mobile", NeutralityVerdict.Biased)]
    public async Task Probe_over_http_finds_the_persona_that_an_engine_treats_differently(
        string? turned, NeutralityVerdict expected)
    {
        var log = SearchLog.Read(Repository.In("data/searches"));
        using var service = new SearchService(log, FreePort(), 10, turned, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var serving = service.RunAsync(stop.Token);
        var queries = _folder.Write(
            "q.csv",
            "query\n"
                + string.Join(
                    '\n',
                    log.Questions.Where(question => question.Query.Contains("formation", StringComparison.Ordinal))
                        .Take(15).Select(question => question.Query)) + "\ninfirmière\n");
        var (exit, output, error) = await Cli.RunAsync(
            "neutrality",
            "probe",
            "--endpoint",
            service.Address + "search?query={query}&context={context}",
            "--queries",
            queries,
            "--out",
            _folder["log"],
            "--context",
            "mobile",
            "--context",
            "desk",
            "--repetitions",
            "2",
            "--rate",
            "1000",
            "--forms");
        Assert.True(exit == 0, error);
        Assert.Contains("; 0 answers could not be used.", output, StringComparison.Ordinal);
        await stop.CancelAsync();
        await serving;

        var lines = NeutralityAudit.Run(SearchLog.Read(_folder["log"]), new AuditSettings());
        Assert.Equal(expected, lines.Single(line => line.Dimension == "context").Verdict);
        // this engine knows no typing errors
        Assert.Equal(NeutralityVerdict.Biased, lines.Single(line => line.Dimension == "pair-typo").Verdict);
        Assert.True(lines.Single(line => line.Dimension == "pair-typo").Unanswered > 10);
        if (turned is null)
        {
            Assert.Equal(NeutralityVerdict.Neutral, lines.Single(line => line.Dimension == "pair-case").Verdict);
        }
    }

    [Fact]
    public async Task Silent_endpoint_and_invalid_options_are_reported()
    {
        var queries = _folder.Write("q.csv", "query\nanglais\n");
        foreach (var (arguments, expected) in new (string[], string)[]
        {
            (
                [
                    "--endpoint",
                    $"http://127.0.0.1:{FreePort()}/search?query={{query}}",
                    "--queries",
                    queries,
                    "--repetitions",
                    "9",
                    "--rate",
                    "1000",
                ],
                "5 answers in a row failed, the last for «anglais»"),
            (["--endpoint", "http://127.0.0.1/search", "--queries", queries], "is no http address with {query} in it"),
            (["--endpoint", "file:///{query}", "--queries", queries], "is no http address with {query} in it"),
            (
                ["--endpoint", "http://127.0.0.1/{query}", "--queries", queries, "--rate", "0"],
                "--rate 0: expected a number, 0.001 to 1000."),
            (
                ["--endpoint", "http://127.0.0.1/{query}", "--queries", _folder.Write("x.csv", "text\nanglais\n")],
                "line 1: no column query; found text"),
            (
                ["--endpoint", "http://127.0.0.1/{query}", "--queries", _folder.Write("y.csv", "query,family\n,x\n")],
                "line 2, column query: a value is needed"),
        })
        {
            var (exit, _, error) = await Cli.RunAsync(["neutrality", "probe", "--out", _folder["none"], .. arguments]);
            Assert.Equal(2, exit);
            Assert.Contains(expected, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Forms_of_a_question_are_pairs_with_it()
    {
        var forms = new ProbeQuestion("infirmière", null, null, null).WithForms(3).ToList();
        Assert.Equal(
            [
                "infirmière", "infirmière", "infirmiere", "infirmière", "INFIRMIÈRE", "infirmière", "infirmières",
                "infirmière", "infimrière",
            ],
            forms.Select(form => form.Query));
        Assert.Equal(
            ["accent3", "case3", "plural3", "typo3"], forms.Select(form => form.Pair).OfType<string>().Distinct());
        Assert.Single(new ProbeQuestion("x", null, "gender", "g1").WithForms(0));
    }

    public void Dispose() => _folder.Dispose();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
