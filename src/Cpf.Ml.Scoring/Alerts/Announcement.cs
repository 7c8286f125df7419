namespace Cpf.Ml.Scoring.Alerts;

/// <summary>A period during which publishers report an incident as active, by the Worker's clock.</summary>
/// <param name="Severity">The severity reported; each one is an announcement of its own, because receivers route by
/// it.</param>
/// <param name="Since">Start, inclusive, UTC.</param>
/// <param name="Until">End, exclusive, UTC; null while it lasts.</param>
public readonly record struct Announcement(Severity Severity, DateTimeOffset Since, DateTimeOffset? Until);
