namespace Cpf.Ml.Worker.Transactions;

/// <summary>A person said that a series runs where it will run from then on.</summary>
/// <param name="At">Newest point of the series then, UTC.</param>
/// <param name="CreatedBy">Account or token.</param>
internal sealed record NewNormal(
    string Id, long SeriesId, DateTimeOffset At, string Reason, string CreatedBy, DateTimeOffset CreatedAt);
