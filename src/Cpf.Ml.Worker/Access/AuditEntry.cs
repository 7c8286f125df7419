namespace Cpf.Ml.Worker.Access;

/// <summary>One line of the audit log.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="Action">What was done, as <c>account.create</c>.</param>
/// <param name="Subject">To what: a name or an id.</param>
/// <param name="Before">JSON of what it was; null when there was nothing, or nothing to record.</param>
/// <param name="After">JSON of what it is now; null when there is nothing, or nothing to record.</param>
internal sealed record AuditEntry(
    string Id, DateTimeOffset At,
    string Actor, string Action, string Subject, string? Before, string? After, string Source, string Trace);
