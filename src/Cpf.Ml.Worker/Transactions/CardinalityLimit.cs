using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>A configured limit of a count, and the alert that reports that it is reached. One writer.</summary>
/// <param name="subject">Subject of its alerts.</param>
/// <param name="setting">The setting that limits the count, with its value.</param>
/// <param name="refused">Refusals since the start.</param>
/// <param name="count">The count now.</param>
/// <param name="sentence">The sentence of an alert, by the instant of the first refusal.</param>
internal sealed class CardinalityLimit(
    string subject, Text name, string setting, Func<long> refused, Func<int> count, Func<DateTimeOffset, Text> sentence)
{
    private const string Service = "cpf-ml";

    /// <summary>Changes when the same refusals could be reported differently.</summary>
    private static readonly ModelId Model = new("ingest/cardinality", "1");

    public string Subject => subject;

    /// <summary>Null while the alert is closed.</summary>
    public DateTimeOffset? OpenedAt { get; set; }

    public DateTimeOffset LastRefusal { get; set; }

    /// <summary>Refusals that were seen at the last check.</summary>
    public long Seen { get; set; }

    public long Refused() => refused();

    public Alert AlertSince(DateTimeOffset since, DateTimeOffset now) => new()
    {
        Id = AlertId.Of(AlertRules.Cardinality, subject, since),
        Capability = Capability.Transactions,
        Rule = AlertRules.Cardinality,
        SeriesId = subject,
        SeriesName = name,
        Service = Service,
        Severity = Severity.Warning,
        OpenedAt = since,
        UpdatedAt = now,
        Document = new AlertDocument
        {
            Sentence = sentence(since),
            Observed = count(),
            Since = since,
            Model = Model.ToString(),
            Configuration = setting,
        },
    };
}
