namespace Cpf.Ml.Worker.Transactions;

/// <summary>A person declared that the level of a series is its baseline from then on.</summary>
/// <param name="At">Newest point of the series when it was declared, UTC.</param>
/// <param name="CreatedBy">Account or token.</param>
internal sealed record NewNormal(
    string Id, long SeriesId, DateTimeOffset At, string Reason, string CreatedBy, DateTimeOffset CreatedAt);
