using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>What people were notified of before a crash, which the last checkpoint does not know.</summary>
/// <remarks>
/// Senders repeat what came after the checkpoint, and scoring it again leads to the same alerts: people know of them
/// already. So what the store has waits until the stream is beyond it, and is applied then where scoring did not lead
/// to it by itself.
/// </remarks>
internal sealed partial class SeriesState
{
    private NotifiedAlert? _notified;

    /// <summary>Whether the points that come are from before what people know: they are scored, and nobody is
    /// notified.</summary>
    public bool IsRepeating => _notified is not null;

    /// <summary>The alert that people know to be open; null when none is.</summary>
    public Alert? Known => _notified is { } notified ? notified.Open : Alert?.Alert;

    /// <summary>After a start: adopts what the store has of the series' alerts, or keeps it until the stream is beyond
    /// it.</summary>
    /// <param name="notified">Null when it never alerted.</param>
    public void Reconcile(NotifiedAlert? notified)
    {
        _notified = notified;
        if (notified?.Open is { } open && IsOpenSince(open))
        {
            Alert = new OpenAlert(open, _alertEvidence);
        }

        Settle(LastTimestamp + 1);
    }

    /// <summary>Applies what the store has when the stream is beyond it.</summary>
    /// <param name="next">When the next point is, Unix milliseconds; called before it is scored.</param>
    public void Settle(long next)
    {
        if (_notified is not { } notified || next <= notified.At)
        {
            return;
        }

        _notified = null;
        var rule = Monitor.Rule;
        if (notified.Open is not { } open)
        {
            // Also what had added up to that alert: it would open it again. What began later is another matter.
            if (rule.Since <= notified.At)
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
        Monitor.Rule.IsOpen && Monitor.Rule.Since == open.OpenedAt.ToUnixTimeMilliseconds();
}
