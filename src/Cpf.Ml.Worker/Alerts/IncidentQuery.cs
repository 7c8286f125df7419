using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Alerts;

/// <param name="State">Null: any.</param>
/// <param name="Text">Words of the service, the title or a series' name, in any order and without regard to case and
/// accents; or a whole id.</param>
/// <param name="Skip">0 or more.</param>
/// <param name="Take">1 to <see cref="MaxTake"/>.</param>
/// <param name="Capability">Null: any.</param>
internal sealed record IncidentQuery(
    IncidentState? State = null,
    string? Service = null,
    Severity? Severity = null,
    string? Text = null,
    IncidentSort Sort = IncidentSort.Worst,
    int Skip = 0,
    int Take = 50,
    Capability? Capability = null)
{
    public const int MaxTake = 200;

    /// <summary>Reads the address of the console's list; unknown values are ignored.</summary>
    public static IncidentQuery OfAddress(
        string? state, string? severity, string? service, string? text, string? capability) => new(
        Enum.TryParse<IncidentState>(state, ignoreCase: true, out var asked) ? asked : IncidentState.Open,
        service,
        Enum.TryParse<Severity>(severity, ignoreCase: true, out var level) ? level : null,
        text,
        state == "closed" ? IncidentSort.Newest : IncidentSort.Worst,
        Capability: Enum.TryParse<Capability>(capability, ignoreCase: true, out var raisedBy) ? raisedBy : null);
}

internal enum IncidentSort
{
    /// <summary>Not closed before closed, then by severity, then the newest first.</summary>
    Worst,
    Newest,
    Oldest,

    /// <summary>The last changed first.</summary>
    Updated,
}

/// <param name="Items">One page of the incidents found.</param>
/// <param name="Total">Number of all incidents found.</param>
internal sealed record IncidentList(IReadOnlyList<Incident> Items, int Total);

/// <param name="Timeline">Oldest first.</param>
/// <param name="Similar">The most similar first.</param>
internal sealed record IncidentDetail(
    Incident Incident, IReadOnlyList<IncidentEvent> Timeline, IReadOnlyList<SimilarPast> Similar);

/// <summary>How many incidents there are in each state.</summary>
internal sealed class IncidentCounts
{
    public int Open { get; init; }

    public int Acknowledged { get; init; }

    public int Silenced { get; init; }

    public int Closed { get; init; }
}
