namespace Cpf.Ml.Worker.Transactions;

/// <summary>A series whose detector read its history before the service did.</summary>
internal sealed partial class WatchedSeries
{
    /// <param name="end">Newest point of the history, Unix milliseconds: earlier ones are late.</param>
    public void GoOnFrom(long end)
    {
        LastTimestamp = end;
        _rhythm = Rhythm.From(end);
    }
}
