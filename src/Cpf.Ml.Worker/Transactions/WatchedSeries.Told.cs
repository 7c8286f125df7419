using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>What people were told of a series before a crash, which the last checkpoint does not know.</summary>
/// <remarks>
/// Senders repeat what came after the checkpoint, and judging it again comes to the same alerts: people know of them
/// already. So what the store says waits until the stream is beyond it, and is taken then where judging did not come to
/// it by itself.
/// </remarks>
internal sealed partial class WatchedSeries
{
    private NotifiedAlert? _told;

    /// <summary>Whether the points that come are from before what people know: they are judged, and nobody is
    /// told.</summary>
    public bool IsRepeating => _told is not null;

    /// <summary>The alert that people know to be open; null when none is.</summary>
    public Alert? Known => _told is null ? Alert?.Alert : _told.Open;

    /// <summary>After a start: takes note of what the store says of the series' alerts.</summary>
    /// <param name="told">Null when it never alerted.</param>
    public void Reconcile(NotifiedAlert? told)
    {
        _told = told;
        if (told?.Open is { } open && IsOpenSince(open))
        {
            Alert = new OpenAlert(open, _alertEvidence);
        }

        Settle(LastTimestamp + 1);
    }

    /// <summary>Takes the store's word when the stream is beyond it.</summary>
    /// <param name="next">When the next point is, Unix milliseconds; called before it is judged.</param>
    public void Settle(long next)
    {
        if (_told is not { } told || next <= told.At)
        {
            return;
        }

        _told = null;
        var rule = Watch.Rule;
        if (told.Open is not { } open)
        {
            // Also what had added up to that alert: it would open it again. What began later is not spoken of.
            if (rule.Since <= told.At)
            {
                rule.Close();
                Alert = null;
            }

            return;
        }

        if (!IsOpenSince(open))
        {
            rule.Resume(open.OpenedAt.ToUnixTimeMilliseconds(), open.Severity);
            Alert = null;
        }

        Alert ??= new OpenAlert(open, -Math.Log10(open.Document.PValue));
    }

    private bool IsOpenSince(Alert open) =>
        Watch.Rule.IsOpen && Watch.Rule.Since == open.OpenedAt.ToUnixTimeMilliseconds();
}
