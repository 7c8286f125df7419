using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>A limit on how many there may be of something, and the alert that says that it is reached. One
/// writer.</summary>
/// <param name="subject">What alerts of it are about.</param>
/// <param name="setting">The setting that limits it, with its value.</param>
/// <param name="refused">How often something new was refused since the start.</param>
/// <param name="count">How many there are.</param>
/// <param name="sentence">What is wrong, and since when.</param>
internal sealed class CardinalityLimit(
    string subject, Text name, string setting, Func<long> refused, Func<int> count, Func<DateTimeOffset, Text> sentence)
{
    private const string Service = "cpf-ml";

    /// <summary>Changes when the same refusals could be told otherwise.</summary>
    private static readonly ModelId Model = new("ingest/cardinality", "1");

    public string Subject => subject;

    /// <summary>Null while the alert is closed.</summary>
    public DateTimeOffset? OpenedAt { get; set; }

    public DateTimeOffset LastRefusal { get; set; }

    /// <summary>Refusals that are known already.</summary>
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
