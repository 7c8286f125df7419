namespace Cpf.Ml.Worker.Transactions;

/// <summary>The time from delivery to delivery of a sender, where one delivery brings many points. Plain
/// data, part of a snapshot.</summary>
internal struct Deliveries
{
    /// <summary>Once may be an outage; what happened twice lately is regular.</summary>
    private const int Often = 2;

    /// <summary>A sender whose points advance so much faster than time passes is catching up: its pace says
    /// nothing about its deliveries.</summary>
    private const double CatchingUp = 1.5;

    private LastGaps _gaps;
    private long _arrived;
    private long _began;
    private long _first;

    /// <summary>The second longest of the last nine times between deliveries, milliseconds; 0 before there are
    /// two.</summary>
    public readonly double Interval => _gaps.Count < Often ? 0 : _gaps.Ranked(_gaps.Count - Often);

    /// <summary>Records that a point came.</summary>
    /// <param name="now">Unix milliseconds, by the clock of this host.</param>
    /// <param name="timestamp">Of the point, Unix milliseconds.</param>
    /// <param name="interval">Interval of the series; what comes within half of it belongs to one delivery.</param>
    public void Add(long now, long timestamp, TimeSpan interval)
    {
        var isSameDelivery = now - _arrived <= interval.TotalMilliseconds / 2;
        _arrived = now;
        if (isSameDelivery)
        {
            return;
        }

        var gap = (double)(now - _began);
        if (_began > 0 && timestamp - _first <= CatchingUp * gap)
        {
            _gaps.Add(gap);
        }

        (_began, _first) = (now, timestamp);
    }
}
