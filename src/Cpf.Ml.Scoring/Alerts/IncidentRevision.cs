using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>One step in the life of an incident: what is stored and published together, or not at all.</summary>
/// <param name="Before">Null when the incident is new.</param>
/// <param name="After">One version further.</param>
/// <param name="Events">Lines of the timeline that the step adds.</param>
/// <param name="Notice">What publishers shall carry; null when nothing.</param>
public sealed record IncidentRevision(
    Incident? Before,
    Incident After,
    ImmutableArray<IncidentEvent> Events,
    Notice? Notice);
