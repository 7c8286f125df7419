namespace Cpf.Ml.Worker.Transactions;

/// <summary>A deployment of a service, as its operators announced it.</summary>
/// <param name="Id">Derived from what follows: the same deployment sent again is the same.</param>
/// <param name="Service">As series name it.</param>
/// <param name="Version">What was deployed, in the words of those who did.</param>
/// <param name="At">UTC.</param>
/// <param name="CreatedBy">Account or token.</param>
internal sealed record Deployment(
    string Id, string Service, string Version, DateTimeOffset At, string CreatedBy, DateTimeOffset CreatedAt);
