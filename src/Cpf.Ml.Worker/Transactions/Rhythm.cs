using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>How the points of a series come lately: the interval between them, and how long it goes without a value.
/// Plain data, part of a snapshot.</summary>
/// <remarks>The detector learns its interval once, because its scores rest on it; silence is judged by the
/// present interval.</remarks>
internal struct Rhythm
{
    /// <summary>Rank of the median of nine: an outage is one interval, a changed step is known after five
    /// points.</summary>
    private const int Median = 4;

    /// <summary>Gaps without a value are forgotten by a third in two weeks, by half in four.</summary>
    private const double Memory = 40.0 * 86_400_000;

    /// <summary>A weekend and some: longer than this without a value is a silence, whatever was before.</summary>
    private const double MaxPatience = 3.0 * 86_400_000;
    private const double Margin = 1.5;

    private LastGaps _gaps;
    private long _newest;
    private double _missing;
    private double _maxMissing;

    /// <summary>Of the newest value, Unix milliseconds; 0 before the first.</summary>
    public long ValuedAt { get; private set; }

    /// <summary>Median of the last nine intervals, milliseconds; 0 before there are so many.</summary>
    public readonly double Interval => _gaps.IsFull ? _gaps.Ranked(Median) : 0;

    /// <summary>How long points may come without a value, milliseconds: 1.5 times the longest such time that
    /// was followed by a value.</summary>
    public readonly double MissingPatience => Math.Min(Margin * _maxMissing, MaxPatience);

    /// <summary>A mean or a share without any attempt is known to be missing, and counts like a value.</summary>
    public static bool IsValue(in Observation point) => double.IsFinite(point.Value) || point.Volume == 0;

    /// <summary>Adds the next point.</summary>
    public void Add(in Observation point)
    {
        if (_newest > 0)
        {
            var gap = (double)(point.Timestamp - _newest);
            _gaps.Add(gap);
            _maxMissing *= Math.Max(0, 1 - (gap / Memory));

            // A time without any point says nothing about missing values.
            _missing += Math.Min(gap, SilenceJudge.Intervals * Interval);
        }

        _newest = point.Timestamp;
        if (IsValue(point))
        {
            if (ValuedAt > 0)
            {
                _maxMissing = Math.Max(_maxMissing, _missing);
            }

            (_missing, ValuedAt) = (0, point.Timestamp);
        }
    }

    /// <summary>The rhythm of a series of which only the newest point is known.</summary>
    /// <param name="newest">Its newest point, Unix milliseconds.</param>
    public static Rhythm From(long newest) => new() { _newest = newest, ValuedAt = newest };
}
