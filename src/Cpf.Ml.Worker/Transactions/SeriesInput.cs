using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Turns what a source sends into points: values as they are, running totals into rates and means.</summary>
/// <remarks>A total that falls was reset to zero, as Prometheus has it. Plain data: part of a series'
/// snapshot.</remarks>
internal struct SeriesInput
{
    private const double Minute = 60_000;

    private Total _counter;
    private Total _sum;
    private Total _count;
    private Total _nextSum;
    private Total _nextCount;

    /// <summary>How its samples were treated until now.</summary>
    public readonly SamplePart Treatment =>
        _counter.Timestamp != 0 ? SamplePart.Counter
        : _nextSum.Timestamp != 0 || _nextCount.Timestamp != 0 ? SamplePart.Sum
        : SamplePart.Value;

    /// <param name="newest">Timestamp of the newest point of the series.</param>
    /// <returns>Why the sample is refused: one of the same instant, or a newer one, came before. Null when it
    /// is not.</returns>
    public readonly Rejection? Check(in Sample sample, long newest)
    {
        var own = sample.Part switch
        {
            SamplePart.Counter => _counter.Timestamp,
            SamplePart.Sum => _nextSum.Timestamp,
            SamplePart.Count => _nextCount.Timestamp,
            _ => 0,
        };
        var last = Math.Max(own, newest);
        return sample.Timestamp > last ? null : sample.Timestamp == last ? Rejection.Duplicate : Rejection.Late;
    }

    /// <param name="sample">One that <see cref="Check"/> accepts.</param>
    /// <returns>Whether the sample makes a point.</returns>
    public bool TryTake(in Sample sample, out Observation point)
    {
        point = new Observation(sample.Timestamp, sample.Value, sample.Volume);
        return sample.Part switch
        {
            SamplePart.Counter => TryRate(sample, ref point),
            SamplePart.Sum => TryMean(sample, ref _nextSum, ref point),
            SamplePart.Count => TryMean(sample, ref _nextCount, ref point),
            _ => true,
        };
    }

    private bool TryRate(in Sample sample, ref Observation point)
    {
        var before = _counter;
        if (!double.IsFinite(sample.Value))
        {
            return true;
        }

        _counter = new Total(sample.Timestamp, sample.Value);
        if (before.Timestamp == 0)
        {
            return false;
        }

        point = point with { Value = Increase(before, _counter) * Minute / (sample.Timestamp - before.Timestamp) };
        return true;
    }

    private bool TryMean(in Sample sample, ref Total next, ref Observation point)
    {
        next = new Total(sample.Timestamp, sample.Value);
        if (_nextSum.Timestamp != _nextCount.Timestamp)
        {
            return false;
        }

        var (sum, count) = (_sum, _count);
        if (!double.IsFinite(_nextSum.Value) || !double.IsFinite(_nextCount.Value))
        {
            point = point with { Value = double.NaN };
            return true;
        }

        (_sum, _count) = (_nextSum, _nextCount);
        if (sum.Timestamp == 0)
        {
            return false;
        }

        // Nothing happened in between: a mean of nothing is missing, not zero. A reset of one total resets both.
        var calls = Increase(count, _count);
        var reset = _count.Value < count.Value;
        var seconds = reset ? _sum.Value : _sum.Value - sum.Value;
        point = point with { Value = calls > 0 ? Math.Max(0, seconds) / calls : double.NaN, Volume = calls };
        return true;
    }

    private static double Increase(Total from, Total to) => to.Value < from.Value ? to.Value : to.Value - from.Value;

    private readonly record struct Total(long Timestamp, double Value);
}
