using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;

namespace Cpf.Ml.Worker.Transactions.Pages;

/// <summary>A silence as a form requests it.</summary>
/// <param name="Label">One of <see cref="Matcher.Labels"/>.</param>
/// <param name="StartsAt">Null: now.</param>
public sealed record SilenceRequest(
    string Label, string Value, DateTimeOffset? StartsAt, DateTimeOffset EndsAt, string Reason)
{
    internal NewSilence ToSilence() => new(
        [new Matcher(Label, Value)],
        EndsAt, Reason, StartsAt, StartsAt is null ? SilenceKind.Silence : SilenceKind.Maintenance);
}
