using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Tests.Statistics;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>A synthetic series with known noise, season and faults, monitored as the Worker does it.</summary>
internal sealed class World(SeriesMonitor monitor, TimeSpan interval, double budget = 1e-5)
{
    /// <summary>Monday 5 January 2026, 00:00 UTC.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private long _index;

    public World(
        MetricKind kind = MetricKind.Gauge,
        int minutes = 5,
        double budget = 1e-5,
        string zone = "UTC",
        bool holidays = false)
        : this(
            new SeriesMonitor(
                new SeriesDetectorOptions { Kind = kind, Zone = zone, FrenchHolidays = holidays },
                new AlertRuleOptions()),
            TimeSpan.FromMinutes(minutes),
            budget)
    {
    }

    public SeriesMonitor Monitor { get; } = monitor;

    /// <summary>Time of the next point.</summary>
    public DateTimeOffset Now { get; private set; } = Monday;

    public int PointsPerDay => (int)(TimeSpan.FromDays(1) / interval);

    public List<Step> Steps { get; } = [];

    public static double Day(DateTimeOffset at) => Math.Sin(2 * Math.PI * at.TimeOfDay.TotalDays);

    /// <summary>Continues from the given instant.</summary>
    public World At(DateTimeOffset moment)
    {
        Now = moment;
        return this;
    }

    public World Skip(TimeSpan time)
    {
        Now += time;
        return this;
    }

    /// <param name="days">How long.</param>
    /// <param name="value">Value by the number of the point since the beginning.</param>
    public World Days(double days, Func<long, double> value) => Points((int)Math.Round(days * PointsPerDay), value);

    public World Points(int points, Func<long, double> value)
    {
        for (var i = 0; i < points; i++)
        {
            One(value(_index));
        }

        return this;
    }

    public Step One(double value, double volume = double.NaN)
    {
        var point = new Observation(Now.ToUnixTimeMilliseconds(), value, volume);
        var transition = Monitor.Step(point, budget, out var assessment);
        var step = new Step(Now, value, transition, assessment);
        Steps.Add(step);
        Now += interval;
        _index++;
        return step;
    }

    /// <summary>How many times more often than promised p-values at or below a rate came after warm-up.</summary>
    public double Exceedance(double nominal, double afterDays)
    {
        var counted = Steps.Where(step => step.Assessment.HasValue).Skip((int)(afterDays * PointsPerDay)).ToList();
        return counted.Count(step => step.Assessment.PValue <= nominal) / (nominal * counted.Count);
    }

    public int Alerts => Steps.Count(step => step.Transition == AlertTransition.Open);

    internal readonly record struct Step(
        DateTimeOffset At, double Value, AlertTransition Transition, PointAssessment Assessment)
    {
        public double Score => Assessment.Score.Percent;

        public IEnumerable<string> Fired => Assessment.FiredTests().Select(test => test.Name);
    }
}

/// <summary>Noises of the synthetic worlds, by name: each a function from the number of a point to its value.</summary>
internal static class Noise
{
    public static Func<long, double> Of(string name, int seed, int pointsPerDay)
    {
        var random = new Random(seed);
        var memory = 0.0;
        double Season(long i) => Math.Sin(2 * Math.PI * i / pointsPerDay);
        return name switch
        {
            "gaussian" => _ => 100 + random.Normal(),
            "student-3" => _ => 100 + random.StudentT(3),
            "ar-0.9" => _ => 100 + (memory = (0.9 * memory) + random.Normal()),
            "poisson" => _ => random.Poisson(20),
            "rare-counts" => _ => random.Poisson(0.3),
            "seasonal-counts" => i => random.Poisson(60 * (1 + (0.8 * Season(i)))),
            "log-normal" => i => 0.2 * Math.Exp((0.3 * random.Normal()) + (0.4 * Season(i))),
            "trend" => i => (0.002 * i) + (3 * Season(i)) + random.Normal(),
            "uniform-steps" => _ => random.Next(5),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown noise."),
        };
    }

    public static MetricKind KindOf(string name) => name switch
    {
        "poisson" or "rare-counts" or "seasonal-counts" => MetricKind.Volume,
        "log-normal" => MetricKind.Duration,
        _ => MetricKind.Gauge,
    };
}
