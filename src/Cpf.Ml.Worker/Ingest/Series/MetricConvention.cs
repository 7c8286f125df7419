using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Ingest.Series;

/// <summary>Kind, unit and treatment of a metric by the naming conventions of Prometheus.</summary>
/// <remarks>
/// Reference: prometheus.io/docs/practices/naming. Base units are suffixes, counters end in <c>_total</c>; histograms
/// and summaries come as <c>_sum</c>, <c>_count</c>, <c>_bucket</c> and series with a <c>quantile</c> label.
/// </remarks>
internal static class MetricConvention
{
    private static readonly (string Suffix, string Unit)[] Units =
        [("_seconds", "s"), ("_bytes", "By"), ("_ratio", "ratio"), ("_percent", "%"),
            ("_celsius", "°C"), ("_volts", "V"), ("_amperes", "A"), ("_joules", "J"), ("_meters", "m")];

    /// <returns>The series that the raw series feeds; none when it is not scored.</returns>
    public static IEnumerable<ConventionTarget> Read(string name)
    {
        if (IsNotMeasure(name))
        {
            return [];
        }

        if (Family(name, "_sum") is { } sum)
        {
            return IsTimed(sum) ? [new(sum, MetricKind.Duration, "s", SamplePart.Sum)] : [];
        }

        if (Family(name, "_count") is { } count)
        {
            return IsTimed(count)
                ? [new(count, MetricKind.Duration, "s", SamplePart.Count),
                    new(name, MetricKind.Volume, "1/min", SamplePart.Counter)]
                : [];
        }

        if (Family(name, "_total") is { } total)
        {
            var unit = UnitOf(total);
            return [new(name, MetricKind.Volume, unit.Length == 0 ? "1/min" : $"{unit}/min", SamplePart.Counter)];
        }

        return [new(name, MetricKinds.Of(name), UnitOf(name), SamplePart.Value)];
    }

    public static string UnitOf(string name) =>
        Units.FirstOrDefault(unit => name.EndsWith(unit.Suffix, StringComparison.Ordinal)).Unit ?? "";

    private static bool IsTimed(string family) => family.EndsWith("_seconds", StringComparison.Ordinal);

    /// <summary>Parts of histograms, build facts, instants, and what Prometheus reports about its own scraping and
    /// alerts.</summary>
    private static bool IsNotMeasure(string name) =>
        name.EndsWith("_bucket", StringComparison.Ordinal)
        || name.EndsWith("_created", StringComparison.Ordinal)
        || name.EndsWith("_info", StringComparison.Ordinal)
        || name.EndsWith("_timestamp_seconds", StringComparison.Ordinal)
        || name.EndsWith("_time_seconds", StringComparison.Ordinal)
        || name.StartsWith("scrape_", StringComparison.Ordinal)
        || name is "ALERTS" or "ALERTS_FOR_STATE";

    private static string? Family(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : null;
}

/// <param name="Name">Of the series that is scored.</param>
internal readonly record struct ConventionTarget(string Name, MetricKind Kind, string Unit, SamplePart Part);
