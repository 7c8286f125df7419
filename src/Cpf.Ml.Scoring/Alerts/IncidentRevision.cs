using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>One change of an incident, stored and published as a unit.</summary>
/// <param name="Before">The incident before the change; null when it is new.</param>
/// <param name="After">The incident after the change, with the next version.</param>
/// <param name="Events">Events that the change adds to the timeline.</param>
/// <param name="Notice">What publishers report; null when nothing.</param>
public sealed record IncidentRevision(
    Incident? Before,
    Incident After,
    ImmutableArray<IncidentEvent> Events,
    Notice? Notice);
