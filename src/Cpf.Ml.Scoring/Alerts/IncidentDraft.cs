using System.Globalization;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>An incident while it changes. Ends with <c>Finish</c>, which decides on silence and on what publishers
/// carry.</summary>
internal sealed class IncidentDraft(Incident? before, Incident now, DateTimeOffset at)
{
    private readonly List<IncidentEvent> _events = [];
    private readonly long _version = (before?.Version ?? 0) + 1;

    /// <summary>As it would be after the changes so far.</summary>
    public Incident Now { get; set; } = now;

    public DateTimeOffset At => at;

    /// <summary>Ids of the alerts that are new to it.</summary>
    public HashSet<string> Added { get; } = [];

    public void Add(IncidentEventKind kind, EventDetail detail, string actor = IncidentEvent.System)
    {
        var id = AlertId.Hash(
            "event", Now.Id, _version.ToString(CultureInfo.InvariantCulture),
            _events.Count.ToString(CultureInfo.InvariantCulture), kind.ToString());
        _events.Add(new IncidentEvent(id, Now.Id, at, actor, kind, _version, detail));
    }

    /// <param name="silences">Those that are active now.</param>
    public IncidentRevision Finish(IReadOnlyList<Silence> silences)
    {
        ApplySilences(silences);
        return Finish();
    }

    /// <summary>The silence that applies goes on.</summary>
    public IncidentRevision Finish()
    {
        var notice = Announce();
        var isAnnounced = notice is not null;
        var why = Now.SilencedBy is not null ? Suppression.Silenced
            : Now.Announced.IsEmpty ? Suppression.NeverNotified : Suppression.AlreadyNotified;
        return new IncidentRevision(
            before,
            Now with { Version = _version },
            [.. _events.Select(line => isAnnounced || !IsNews(line.Kind) ? line
                : line with { Detail = line.Detail with { Suppression = why, Silence = Now.SilencedBy } })],
            notice);
    }

    private static bool IsNews(IncidentEventKind kind) => kind is IncidentEventKind.Opened or IncidentEventKind.Joined
        or IncidentEventKind.Escalated or IncidentEventKind.Closed or IncidentEventKind.Reopened;

    /// <summary>An incident is silenced while every alert that is open (of a held one: every alert) is
    /// covered.</summary>
    private void ApplySilences(IReadOnlyList<Silence> silences)
    {
        if (Now.ClosedAt is not null)
        {
            return;
        }

        var open = Now.Alerts.Where(alert => alert.ClosedAt is null).ToList();
        var covers = (open.Count > 0 ? open : [.. Now.Alerts])
            .Select(alert => silences.FirstOrDefault(silence => silence.Covers(alert)))
            .ToList();
        var quiet = covers.Contains(null) ? null : covers[0];
        if (quiet is not null && Now.SilencedBy is null)
        {
            Add(IncidentEventKind.Silenced,
                new EventDetail { Silence = quiet.Id, Text = quiet.Reason }, quiet.CreatedBy);
        }
        else if (quiet is null && Now.SilencedBy is not null)
        {
            Add(IncidentEventKind.Unsilenced, new EventDetail { Silence = Now.SilencedBy });
        }

        Now = Now with { SilencedBy = quiet?.Id };
    }

    private Notice? Announce()
    {
        var current =
            Now.Announced.IsEmpty || Now.Announced[^1].Until is not null ? null : (Announcement?)Now.Announced[^1];
        if (Now.ClosedAt is not null || Now.SilencedBy is not null)
        {
            if (current is not { } ending)
            {
                return null;
            }

            Now = Now with { Announced = Now.Announced.Replace(ending, ending with { Until = at }) };
            return Now.ClosedAt is not null ? Notice.Closed : Notice.Silenced;
        }

        if (current is { } lasting)
        {
            if (lasting.Severity >= Now.Severity)
            {
                return null;
            }

            Now = Now with
            {
                Announced = Now.Announced.Replace(lasting, lasting with { Until = at })
                    .Add(new(Now.Severity, at, null)),
            };
            return Notice.Escalated;
        }

        var notice = Now.Announced.IsEmpty ? Notice.Opened : Notice.Resumed;
        Now = Now with { Announced = Now.Announced.Add(new(Now.Severity, at, null)) };
        return notice;
    }
}
