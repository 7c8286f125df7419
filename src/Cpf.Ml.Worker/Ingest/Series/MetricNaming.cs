using System.Text.RegularExpressions;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Series;

/// <summary>Decides which raw series are scored, and as what: by the configured rules, else by the conventions of
/// names. Thread-safe.</summary>
internal sealed class MetricNaming(IngestSettings settings)
{
    /// <summary>For series that name no service.</summary>
    public const string UnknownService = "unknown";

    private static readonly string[] DefaultServiceLabels = ["service", "job"];

    private readonly Rule[] _rules = [.. settings.Metrics.Select(rule => new Rule(rule))];
    private readonly string[] _serviceLabels =
        settings.ServiceLabels.Length == 0 ? DefaultServiceLabels : settings.ServiceLabels;

    /// <returns>Every series that the raw series feeds; none when it is not scored.</returns>
    /// <param name="unit">Unit given by the sender; null when there is none.</param>
    public SeriesTarget[] Targets(string name, IReadOnlyList<KeyValuePair<string, string>> labels, string? unit = null)
    {
        var rule = Array.Find(_rules, rule => rule.Fits(name, labels))?.Settings;
        var service = rule is { Service.Length: > 0 } ? rule.Service : ServiceOf(labels);
        return [.. Read(name, rule).Select(target => new SeriesTarget(
            new SeriesDescriptor(
                new SeriesIdentity(target.Name, labels),
                target.Kind,
                rule is { Unit.Length: > 0 } ? rule.Unit : unit ?? target.Unit,
                service),
            target.Part))];
    }

    public string ServiceOf(IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        foreach (var name in _serviceLabels)
        {
            foreach (var (label, value) in labels)
            {
                if (label == name && value.Length > 0)
                {
                    return value;
                }
            }
        }

        return UnknownService;
    }

    private static IEnumerable<ConventionTarget> Read(string name, MetricRule? rule) => rule?.Treat switch
    {
        null or MetricTreatment.ByName => MetricConvention.Read(name),
        MetricTreatment.Drop => [],
        MetricTreatment.Duration => [new(name, MetricKind.Duration, "s", SamplePart.Value)],
        MetricTreatment.Volume => [new(name, MetricKind.Volume, "", SamplePart.Value)],
        MetricTreatment.ErrorRate => [new(name, MetricKind.ErrorRate, "ratio", SamplePart.Value)],
        MetricTreatment.Counter => [new(name, MetricKind.Volume, "1/min", SamplePart.Counter)],
        _ => [new(name, MetricKind.Gauge, MetricConvention.UnitOf(name), SamplePart.Value)],
    };

    private sealed class Rule(MetricRule settings)
    {
        private readonly Regex _name = Whole(settings.Match);
        private readonly (string Label, Regex Value)[] _labels =
            [.. settings.Labels.Select(label => (label.Key, Whole(label.Value)))];

        public MetricRule Settings { get; } = settings;

        public bool Fits(string name, IReadOnlyList<KeyValuePair<string, string>> labels) =>
            _name.IsMatch(name)
                && Array.TrueForAll(_labels, label => label.Value.IsMatch(ValueOf(labels, label.Label)));

        private static string ValueOf(IReadOnlyList<KeyValuePair<string, string>> labels, string label) =>
            labels.FirstOrDefault(pair => pair.Key == label).Value ?? "";

        // Without backtracking: a configured expression cannot stall the intake, whatever the input.
        private static Regex Whole(string pattern) =>
            new($"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }
}
