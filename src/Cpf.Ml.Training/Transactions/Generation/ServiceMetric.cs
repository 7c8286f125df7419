using Cpf.Ml.Scoring.Transactions;
using MathNet.Numerics.Distributions;

namespace Cpf.Ml.Training.Transactions.Generation;

/// <summary>
/// A metric of an imagined service without faults: a seasonal curve, noise of some family, and regular events that are
/// no faults.
/// </summary>
/// <remarks>
/// What is drawn for each series, and its range, is what such metrics are seen to do: weekends at a third to all of a
/// weekday, noise of 1 to 15 % with or without a memory, heavy tails, small counts, a job at the same minute of each
/// hour or day, a lone outlier every other day, slow growth, one lasting change of level that nobody would call an
/// incident. Nothing of it is fitted to a data set.
/// </remarks>
internal sealed class ServiceMetric
{
    public const int MinutesPerDay = 1440;

    private readonly Random _random;
    private readonly double _level;
    private readonly (double Amplitude, double Phase)[] _harmonics;
    private readonly double _weekend;
    private readonly double _noise;
    private readonly double _memory;
    private readonly bool _heavyTails;
    private readonly double _growthPerDay;
    private readonly int _changeAt;
    private readonly double _change;
    private readonly int _jobEvery;
    private readonly int _jobAt;
    private readonly double _jobSize;
    private readonly double _outliersPerDay;
    private readonly double _attempts;
    private double _deviation;

    public ServiceMetric(int seed, int days)
    {
        _random = new Random(seed);
        Kind = _random.Next(5) switch
        {
            0 => MetricKind.Duration,
            1 => MetricKind.Gauge,
            2 => MetricKind.ErrorRate,
            _ => MetricKind.Volume
        };
        _level = Math.Pow(10, Between(Kind == MetricKind.Volume ? 0.3 : -1, 3.5));
        var swing = _random.Next(4) == 0 ? 0 : Between(0.1, 0.8);
        _harmonics = [.. Enumerable.Range(1, 3).Select(order => (swing / order, Between(0, 2 * Math.PI)))];
        _weekend = _random.Next(2) == 0 ? 1 : Between(0.3, 1);
        _noise = Math.Pow(10, Between(-2, -0.8));
        _memory = _random.Next(3) switch { 0 => 0, 1 => 0.5, _ => 0.9 };
        _heavyTails = _random.Next(3) == 0;
        _growthPerDay = Between(-0.01, 0.01);
        _changeAt = _random.Next(2) == 0 ? int.MaxValue : _random.Next(days * MinutesPerDay);
        _change = Between(-2, 2) * _noise;
        (_jobEvery, _jobAt) = _random.Next(4) switch
        {
            0 => (60, _random.Next(60)),
            1 => (MinutesPerDay, _random.Next(MinutesPerDay)),
            _ => (0, 0)
        };
        _jobSize = Between(3, 10) * _noise;
        _outliersPerDay = _random.Next(2) == 0 ? 0 : 0.5;
        if (Kind == MetricKind.ErrorRate)
        {
            _level = Math.Pow(10, Between(-3, -1.3));
            _attempts = Math.Pow(10, Between(0.7, 3.5));
        }
    }

    public MetricKind Kind { get; }

    /// <summary>Standard deviation of one point against the curve, as a share of it.</summary>
    public double Noise(int minute) => Kind switch
    {
        MetricKind.Volume => Math.Sqrt((_noise * _noise) + (1 / Math.Max(1, Curve(minute)))),
        MetricKind.ErrorRate => Math.Sqrt((_noise * _noise) + (1 / Math.Max(1, _level * Attempts(minute)))),
        _ => _noise,
    };

    /// <summary>The next minute's value; ask for each minute once, in order.</summary>
    /// <param name="minute">From the beginning, which is a Monday at midnight.</param>
    /// <param name="fault">What a fault multiplies the curve by, 1 for none.</param>
    /// <param name="spread">What a fault multiplies the noise by, 1 for none.</param>
    /// <returns>The value, and the attempts behind it: NaN unless it is an error rate.</returns>
    public (double Value, double Volume) Next(int minute, double fault, double spread)
    {
        var shock = _heavyTails ? StudentT.Sample(_random, 0, 1, 3) / Math.Sqrt(3) : Normal.Sample(_random, 0, 1);
        _deviation = (_memory * _deviation) + (Math.Sqrt(1 - (_memory * _memory)) * shock);
        var habit = 1.0;
        if (_jobEvery > 0 && minute % _jobEvery == _jobAt)
        {
            habit += _jobSize * Between(0.7, 1.3);
        }

        if (_random.NextDouble() < _outliersPerDay / MinutesPerDay)
        {
            habit += Between(4, 8) * _noise;
        }

        var mean = habit * fault * Math.Exp(_noise * spread * _deviation);
        switch (Kind)
        {
            case MetricKind.Volume:
                return (Poisson.Sample(_random, Math.Max(1e-9, mean * Curve(minute))), double.NaN);
            case MetricKind.ErrorRate:
                // The rate is the same by day and night; how much is attempted is not.
                var attempts = Poisson.Sample(_random, Attempts(minute));
                return (attempts == 0 ? double.NaN
                    : Binomial.Sample(_random, Math.Min(0.95, _level * mean), attempts) / (double)attempts, attempts);
            default:
                return (mean * Curve(minute), double.NaN);
        }
    }

    private double Attempts(int minute) => Math.Max(0.1, Curve(minute) / _level * _attempts);

    private double Curve(int minute)
    {
        var day = (double)minute / MinutesPerDay;
        var season = _harmonics.Select(
            (harmonic, i) => harmonic.Amplitude * Math.Sin((2 * Math.PI * (i + 1) * day) + harmonic.Phase)).Sum();
        var weekend = (int)day % 7 >= 5 ? _weekend : 1;
        return _level * Math.Exp(season) * weekend * (1 + (_growthPerDay * day)) * (minute >= _changeAt
            ? 1 + _change : 1);
    }

    private double Between(double low, double high) => low + ((high - low) * _random.NextDouble());
}
