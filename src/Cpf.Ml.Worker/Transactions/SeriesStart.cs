using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Makes the state of a series from its first sample. Thread-safe.</summary>
internal sealed class SeriesStart(TransactionsSettings settings, TrainedStart trained, TimeProvider time)
{
    /// <summary>Where a history left off that the series was trained on; cold where there is none.</summary>
    public SeriesState Begin(in Sample sample)
    {
        if (trained.Find(sample, out var end) is not { } monitor)
        {
            return BeginCold(sample);
        }

        var state = Begin(sample, monitor, trained.Id.ToString()!);
        state.ContinueFrom(end, time.GetTimestamp());
        return state;
    }

    /// <summary>With a detector that knows nothing.</summary>
    /// <param name="kindChangedAt">As <see cref="SeriesState.KindChangedAt"/>.</param>
    public SeriesState BeginCold(in Sample sample, long? kindChangedAt = null)
    {
        var kind = sample.Series.Kind;
        return Begin(
            sample,
            new SeriesMonitor(settings.Detector(kind), settings.Rule(kind, sample.Series.IsJoint)),
            model: "",
            kindChangedAt);
    }

    private SeriesState Begin(in Sample sample, SeriesMonitor monitor, string model, long? kindChangedAt = null)
    {
        var state = new SeriesState(sample.Series.Identity, monitor)
        {
            Model = model,
            Treatment = SeriesState.Treat(sample.Part),
            KindChangedAt = kindChangedAt,
        };
        state.Receive(time.GetUtcNow().ToUnixTimeMilliseconds());
        return state;
    }
}
