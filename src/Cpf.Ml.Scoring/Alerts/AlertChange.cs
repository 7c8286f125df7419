namespace Cpf.Ml.Scoring.Alerts;

/// <summary>One change of an alert.</summary>
/// <param name="Transition">What happened.</param>
/// <param name="Alert">The alert after the change.</param>
public sealed record AlertChange(AlertTransition Transition, Alert Alert);
