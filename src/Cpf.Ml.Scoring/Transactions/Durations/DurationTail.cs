using Cpf.Ml.Scoring.Statistics;
using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Scoring.Transactions.Durations;

/// <summary>How rare a single transaction's duration is, given the operation, the hour and the load.</summary>
/// <remarks>
/// <para>
/// The hour is in the median that the operation's own series expects at that minute, which knows day, week, holidays
/// and new normals. The load is how many transactions came beyond the expected number: medians follow it by a power
/// that is learnt by least squares, forgetting in a week. What a duration is a multiple of is the median so corrected;
/// that multiple is ranked in its past, with a Pareto tail (<see cref="LogHistogram"/>).
/// </para>
/// <para>One an operation. Memory about 300 bytes, O(1).</para>
/// </remarks>
internal sealed class DurationTail
{
    /// <summary>Minutes in a week: so long is the memory of the load.</summary>
    private const double LoadMemory = 10_080;

    /// <summary>
    /// Least squares begin as if an hour at double load had shown no effect, so that a few minutes say little.
    /// </summary>
    private const double LoadPrior = 60 * 0.48;

    /// <summary>Beyond e² ≈ 7 times the usual load nothing is known.</summary>
    private const double MostLoad = 2;

    /// <summary>Multiples of the median are kept above zero: a sketch takes zeros for a kind of their own.</summary>
    private const double Least = 1e-6;

    private readonly LogHistogram _multiples = new();
    private double _loads;
    private double _products;
    private long _newest = long.MinValue;

    /// <summary>Newest minute that it was given, Unix milliseconds.</summary>
    public long Newest => _newest;

    /// <summary>By which power of the load, relative to the usual one, medians rise.</summary>
    public double LoadPower => _products / (_loads + LoadPrior);

    /// <summary>The median duration that is usual at this hour and load, in seconds; NaN when the hour is not
    /// known.</summary>
    public double Usual(in TransactionSetting setting) => setting.Median * Math.Exp(LoadPower * LoadOf(setting));

    /// <summary>How rare it is that a transaction takes so long or longer.</summary>
    /// <param name="duration">Seconds.</param>
    /// <returns>In [0, 1]; null when the hour is not known, or fewer than 30 transactions are.</returns>
    public double? PValue(double duration, in TransactionSetting setting)
    {
        var usual = Usual(setting);
        return usual > 0 && _multiples.IsWarm
            ? Math.Pow(10, -_multiples.Evidence(Math.Max(Least, duration / usual))) : null;
    }

    /// <summary>Takes in a minute, once: one that is not newer than the last changes nothing.</summary>
    /// <param name="minute">Of the whole operation, with its examples.</param>
    /// <param name="setting">What was expected of it.</param>
    public void Learn(in TransactionMinute minute, in TransactionSetting setting)
    {
        if (minute.Minute <= _newest)
        {
            return;
        }

        _newest = minute.Minute;
        if (setting.IsAbnormal || !(setting.Median > 0) || minute.Count == 0)
        {
            return;
        }

        var load = LoadOf(setting);
        var usual = Usual(setting);
        foreach (var transaction in minute.Examples.Sample)
        {
            _multiples.Add(Math.Max(Least, transaction.Duration / usual));
        }

        if (minute.P50 > 0)
        {
            _loads += (load * load) - (_loads / LoadMemory);
            _products += (load * Math.Log(minute.P50 / setting.Median)) - (_products / LoadMemory);
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

    /// <summary>Logarithm of the load relative to the usual one; 0 when that is not known.</summary>
    private static double LoadOf(in TransactionSetting setting) => setting.UsualCount >= 0
        ? Math.Clamp(Math.Log((setting.Count + 1) / (setting.UsualCount + 1)), -MostLoad, MostLoad)
        : 0;
}
