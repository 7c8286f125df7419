namespace Cpf.Ml.Scoring.Alerts;

/// <summary>One step in the life of an alert, with the alert as it is after the step.</summary>
public sealed record AlertChange(AlertTransition Transition, Alert Alert);
