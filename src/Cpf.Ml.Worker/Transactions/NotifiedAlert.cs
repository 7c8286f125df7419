using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>The newest alert of a series as the store has it and people were notified of it. It holds from its own time
/// on.</summary>
/// <param name="Open">The alert; null when it is closed.</param>
/// <param name="At">Its newest point, Unix milliseconds: nobody is notified again of anything up to here.</param>
internal sealed record NotifiedAlert(Alert? Open, long At)
{
    /// <param name="open">Null when none is open.</param>
    /// <param name="closedAt">When the last one closed, Unix milliseconds; 0 when none has.</param>
    /// <returns>Null when the series never alerted.</returns>
    public static NotifiedAlert? Of(Alert? open, long closedAt) =>
        open is not null ? new NotifiedAlert(open, open.UpdatedAt.ToUnixTimeMilliseconds())
        : closedAt > 0 ? new NotifiedAlert(null, closedAt)
        : null;
}
