using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Demo;
using Cpf.Ml.Worker.Ingest.Self;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Tests.Transactions;

public sealed class SeriesNamesTests
{
    [Theory]
    [InlineData(
        "transaction_duration_seconds",
        "operation=achat;quantile=0.95;service=achat",
        "Achat\u00a0: durée p95",
        "Purchase: duration p95")]
    [InlineData(
        "transaction_duration_seconds",
        "operation=connexion;quantile=0.5",
        "Connexion\u00a0: durée médiane",
        "Sign-in: median duration")]
    [InlineData(
        "transaction_volume",
        "operation=connexion;channel=mobile",
        "Connexion\u00a0: volume (mobile)",
        "Sign-in: volume (mobile)")]
    [InlineData(
        "transaction_error_ratio",
        "operation=recherche;channel=web;region=Île-de-France",
        "Recherche\u00a0: taux d'erreur (web, Île-de-France)",
        "Search: error rate (web, Île-de-France)")]
    [InlineData(
        "transaction_volume", "operation=remboursement", "remboursement\u00a0: volume", "remboursement: volume")]
    [InlineData(
        "http_requests_total",
        "service=api;instance=10.0.0.1;code=500",
        "http_requests_total (500)",
        "http_requests_total (500)")]
    [InlineData(
        "rpc_seconds", "operation=lire;quantile=0.999", "rpc_seconds (lire, p99.9)", "rpc_seconds (lire, p99.9)")]
    [InlineData("host_load", "service=host", "Serveur\u00a0: charge", "Server: load")]
    public void Series_name_gives_operation_measure_and_distinguishing_labels(
        string metric, string labels, string french, string english) =>
        Assert.Equal(new Text(french, english), SeriesNames.Of(Descriptor(metric, labels)));

    [Fact]
    public void Every_demonstration_operation_is_named_in_both_languages()
    {
        var unnamed = DemoOperation.All.Select(operation => operation.Group.Operation).Distinct()
            .Where(operation => SeriesVocabulary.Operation(operation).Fr == operation);

        Assert.Empty(unnamed);
    }

    [Fact]
    public void Every_own_metric_of_the_service_is_named()
    {
        var measured = new ProcessReading(TimeProvider.System).Read().Concat(new HostReading().Read())
            .Select(reading => reading.Name);

        Assert.DoesNotContain(measured, name => SeriesVocabulary.Metric(name).Fr == name);
    }

    private static SeriesDescriptor Descriptor(string metric, string labels) => new(
        new SeriesIdentity(
            metric,
            labels.Split(';')
                .Select(label => new KeyValuePair<string, string>(label.Split('=')[0], label.Split('=')[1]))),
        MetricKind.Gauge,
        "",
        "");
}
