namespace Cpf.Ml.Scoring.Alerts;

/// <summary>When alerts are grouped into an incident.</summary>
/// <param name="GroupWithin">Alerts of one service that open at most this far apart are one incident. Default 5
/// minutes.</param>
/// <param name="Hold">How long an incident without open alerts waits before it closes. Default 5 minutes.</param>
/// <param name="JoinWithin">While an incident is open, an alert joins that opens at most this long after its newest
/// one. Default 15 minutes.</param>
public readonly record struct IncidentOptions(TimeSpan GroupWithin, TimeSpan Hold, TimeSpan JoinWithin);
