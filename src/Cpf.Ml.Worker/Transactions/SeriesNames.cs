using System.Globalization;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Names series for people: the operation, what is measured, then the labels that distinguish it.</summary>
internal static class SeriesNames
{
    private const string Operation = "operation";
    private const string Quantile = "quantile";

    /// <summary>Labels that say where a value was measured, or that the name contains already.</summary>
    private static readonly HashSet<string> Omitted =
        new(StringComparer.Ordinal) { "instance", "job", "service", "__name__", Operation };

    /// <summary>«Achat : durée p95 (mobile)»; of a metric that nobody gave words, its technical name.</summary>
    public static Text Of(SeriesDescriptor series)
    {
        var identity = series.Identity;
        if (series.IsJoint)
        {
            return new($"{series.Service}\u00a0: toutes les séries ensemble", $"{series.Service}: all series together");
        }

        var distinguishing = identity.Labels.Where(label => !Omitted.Contains(label.Key));
        if (identity.Labels.TryGetValue(Operation, out var operation) && Measure(identity) is { } measure)
        {
            var name = SeriesVocabulary.Operation(operation);
            return WithLabels(
                new($"{name.Fr}\u00a0: {measure.Fr}", $"{name.En}: {measure.En}"),
                distinguishing.Where(label => label.Key != Quantile).Select(label => label.Value));
        }

        // An operation under a metric of another program distinguishes it.
        return WithLabels(
            SeriesVocabulary.Metric(identity.Name),
            (operation is null ? [] : (IEnumerable<string>)[operation])
                .Concat(distinguishing.Select(label => label.Key == Quantile ? Percentile(label.Value) : label.Value)));
    }

    private static Text? Measure(SeriesIdentity identity) => identity.Name switch
    {
        TransactionMetric.VolumeName => new("volume", "volume"),
        TransactionMetric.ErrorName => new("taux d'erreur", "error rate"),
        TransactionMetric.DurationName => identity.Labels.GetValueOrDefault(Quantile, "") switch
        {
            "" => new("durée", "duration"),
            "0.5" => new("durée médiane", "median duration"),
            var quantile => new($"durée {Percentile(quantile)}", $"duration {Percentile(quantile)}"),
        },
        _ => null,
    };

    /// <summary>0.95 is p95, 0.999 is p99.9.</summary>
    private static string Percentile(string quantile) =>
        double.TryParse(quantile, NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
            && share is > 0 and < 1
            ? string.Create(CultureInfo.InvariantCulture, $"p{Math.Round(100 * share, 6)}")
            : quantile;

    private static Text WithLabels(Text name, IEnumerable<string> labels) =>
        string.Join(", ", labels) is { Length: > 0 } joined
        ? new($"{name.Fr} ({joined})", $"{name.En} ({joined})")
        : name;
}
