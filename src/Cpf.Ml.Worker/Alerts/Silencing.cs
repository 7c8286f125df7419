using System.Globalization;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>Begins and ends silences and maintenance windows; active ones take effect at once.</summary>
internal sealed class Silencing(
    IncidentStore store, SilenceStore silences, AuditLog audit, AlertSettings settings, TimeProvider time)
{
    /// <summary>A silence that lasts longer is a mistake, or should be a setting.</summary>
    public static readonly TimeSpan MaxLength = TimeSpan.FromDays(90);

    /// <summary>Active and planned ones first.</summary>
    public Task<IReadOnlyList<Silence>> ListAsync(CancellationToken cancellationToken) =>
        silences.ListAsync(time.GetUtcNow(), cancellationToken);

    /// <exception cref="RefusedException">A field is missing or invalid; the message says which.</exception>
    public async Task<Silence> BeginAsync(NewSilence wanted, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var silence = Check(wanted, actor, now);
        await store.ChangeAsync(
            async transaction =>
            {
                await transaction.SaveAsync(silence);
                await transaction.AuditAsync(audit.Entry(actor, "silence.begin", silence.Id, null, wanted));
                await transaction.PassAsync(settings.Hold, now);
                return true;
            },
            cancellationToken);
        return silence;
    }

    /// <summary>Ends a silence early, or cancels a planned one. Ending one that is over changes nothing.</summary>
    public Task<Silence> EndAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return store.ChangeAsync(
            async transaction =>
            {
                var silence = await transaction.FindSilenceAsync(id) ?? throw IncidentRefusals.NoSilence(id);
                if (silence.EndedAt is not null || silence.EndsAt <= now)
                {
                    return silence;
                }

                var ended = silence with { EndedBy = actor.Name, EndedAt = now };
                await transaction.SaveAsync(ended);
                await transaction.AuditAsync(audit.Entry(actor, "silence.end", id));
                await transaction.PassAsync(settings.Hold, now);
                return ended;
            },
            cancellationToken);
    }

    private static Silence Check(NewSilence wanted, Actor actor, DateTimeOffset now)
    {
        if (wanted.Matchers.Count is < 1 or > 10)
        {
            throw Refusals.Bad("Il faut 1 à 10 critères.", $"matchers must be 1 to 10, were {wanted.Matchers.Count}.");
        }

        foreach (var matcher in wanted.Matchers.Where(
            matcher => !Matcher.Labels.Contains(matcher.Label) || string.IsNullOrWhiteSpace(matcher.Value)))
        {
            throw Refusals.Bad(
                $"Le critère «\u00a0{matcher.Label}\u00a0» doit être {string.Join(", ", Matcher.Labels[..^1])} "
                    + $"ou {Matcher.Labels[^1]}, avec une valeur (* pour toutes).",
                $"The matcher \"{matcher.Label}\" must be {string.Join(", ", Matcher.Labels[..^1])} "
                    + $"or {Matcher.Labels[^1]}, with a value (* for any).");
        }

        var starts = wanted.StartsAt?.ToUniversalTime() ?? now;
        var ends = wanted.EndsAt.ToUniversalTime();
        if (ends <= starts || ends <= now)
        {
            throw Refusals.Bad("La fin doit suivre le début et n'être pas passée.",
                "endsAt must come after startsAt and lie in the future.");
        }

        if (ends - starts > MaxLength)
        {
            throw Refusals.Bad(
                $"Un silence dure {MaxLength.Days} jours au plus.", $"A silence lasts {MaxLength.Days} days at most.");
        }

        var reason = Refusals.IfEmpty(wanted.Reason, "reason");
        Refusals.IfLonger(reason, 500, "reason");
        return new Silence
        {
            Id = AlertId.Hash(
                "silence", actor.Name,
                reason, StoredJson.Write(wanted), now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            Kind = wanted.Kind,
            Matchers = [.. wanted.Matchers.Select(Canonical)],
            StartsAt = starts,
            EndsAt = ends,
            Reason = reason,
            CreatedBy = actor.Name,
            CreatedAt = now,
        };
    }

    /// <summary>A capability that does not exist would silence nothing, and nobody would notice.</summary>
    private static Matcher Canonical(Matcher matcher) => matcher is { Label: "capability", Value: not "*" }
        ? matcher with { Value = StoredJson.Name(Refusals.IfNoChoice<Capability>(matcher.Value, "capability")!.Value) }
        : matcher;
}

/// <param name="Matchers">All must match.</param>
/// <param name="EndsAt">Exclusive.</param>
/// <param name="Reason">Why, for those who read it later.</param>
/// <param name="StartsAt">Inclusive; null: now.</param>
internal sealed record NewSilence(
    IReadOnlyList<Matcher> Matchers,
    DateTimeOffset EndsAt,
    string Reason,
    DateTimeOffset? StartsAt = null,
    SilenceKind Kind = SilenceKind.Silence);
