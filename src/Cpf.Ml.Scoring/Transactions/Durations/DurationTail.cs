using Cpf.Ml.Scoring.Statistics;
using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Scoring.Transactions.Durations;

/// <summary>How rare a single transaction's duration is, given the operation, the hour and the load.</summary>
/// <remarks>
/// <para>
/// The hour is in the median that the operation's own series expects at that minute, which accounts for day, week,
/// holidays and new normals. The load is the number of transactions relative to the expected number; medians follow a
/// power of it that is estimated by least squares with a memory of a week. A duration is divided by the median so
/// corrected, and the ratio is ranked among those of the past, with a Pareto tail (<see cref="LogHistogram"/>).
/// </para>
/// <para>One instance an operation. Memory about 300 bytes, O(1).</para>
/// </remarks>
internal sealed class DurationTail
{
    /// <summary>Minutes in a week: the time constant of the regression on the load.</summary>
    private const double LoadMemory = 10_080;

    /// <summary>
    /// Ridge prior of the regression: as if an hour at double load had shown no effect, so that a few minutes change
    /// little.
    /// </summary>
    private const double LoadPrior = 60 * 0.48;

    /// <summary>The load is clamped to e² ≈ 7 times the expected one: beyond that the power law is not known to
    /// hold.</summary>
    private const double MaxLoad = 2;

    /// <summary>Ratios to the median are kept above zero, because the histogram keeps zeros apart.</summary>
    private const double MinMultiple = 1e-6;

    private readonly LogHistogram _multiples = new();
    private double _loads;
    private double _products;
    private long _newest = long.MinValue;

    /// <summary>Newest minute learned, Unix milliseconds.</summary>
    public long Newest => _newest;

    /// <summary>Exponent of the load, relative to the expected one, by which medians rise.</summary>
    public double LoadPower => _products / (_loads + LoadPrior);

    /// <summary>The median duration expected at this hour and load, in seconds; NaN when the hour's is
    /// unknown.</summary>
    public double ExpectedMedian(in TransactionContext context) =>
        context.Median * Math.Exp(LoadPower * LoadOf(context));

    /// <summary>Probability that a transaction takes as long or longer.</summary>
    /// <param name="duration">Seconds.</param>
    /// <param name="context">What was expected of the transaction's minute.</param>
    /// <returns>In [0, 1]; null when the hour is unknown, or fewer than 30 transactions were learned.</returns>
    public double? PValue(double duration, in TransactionContext context)
    {
        var expected = ExpectedMedian(context);
        return expected > 0 && _multiples.IsWarm
            ? Math.Pow(10, -_multiples.Surprisal(Math.Max(MinMultiple, duration / expected))) : null;
    }

    /// <summary>Learns a minute; one that is not newer than the last changes nothing.</summary>
    /// <param name="minute">Of the whole operation, with its examples.</param>
    /// <param name="context">What was expected of it.</param>
    public void Learn(in TransactionMinute minute, in TransactionContext context)
    {
        if (minute.Minute <= _newest)
        {
            return;
        }

        _newest = minute.Minute;
        if (context.IsAbnormal || !(context.Median > 0) || minute.Count == 0)
        {
            return;
        }

        var load = LoadOf(context);
        var expected = ExpectedMedian(context);
        foreach (var transaction in minute.Examples.Sample)
        {
            _multiples.Add(Math.Max(MinMultiple, transaction.Duration / expected));
        }

        if (minute.P50 > 0)
        {
            _loads += (load * load) - (_loads / LoadMemory);
            _products += (load * Math.Log(minute.P50 / context.Median)) - (_products / LoadMemory);
        }
    }

    public void Write(StateWriter writer)
    {
        writer.Array<double>([_loads, _products]);
        writer.Int64(_newest);
        _multiples.Write(writer);
    }

    public static DurationTail Read(ref StateReader reader)
    {
        var tail = new DurationTail { _loads = reader.Double(), _products = reader.Double(), _newest = reader.Int64() };
        tail._multiples.Read(ref reader);
        return tail;
    }

    /// <summary>Logarithm of the load relative to the expected one; 0 when that is unknown.</summary>
    private static double LoadOf(in TransactionContext context) => context.ExpectedCount >= 0
        ? Math.Clamp(Math.Log((context.Count + 1) / (context.ExpectedCount + 1)), -MaxLoad, MaxLoad)
        : 0;
}
