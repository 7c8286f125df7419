namespace Cpf.Ml.Scoring.Alerts;

/// <summary>A time during which publishers say that an incident is on, on the worker's clock.</summary>
/// <param name="Severity">As it was told; each severity is an announcement of its own, because receivers route by
/// it.</param>
/// <param name="Since">Inclusive, UTC.</param>
/// <param name="Until">Exclusive; null while it holds.</param>
public readonly record struct Announcement(Severity Severity, DateTimeOffset Since, DateTimeOffset? Until);
