using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>A person said that this series runs where it will run from now on.</summary>
internal sealed partial class WatchedSeries
{
    private long _usualAfter = long.MaxValue;

    /// <summary>From the next point on: what comes after the newest one is usual.</summary>
    /// <param name="after">Newest point when it was said, Unix milliseconds.</param>
    public void AcceptAfter(long after) => _usualAfter = after;

    /// <summary>Takes the person's word when the stream is beyond the moment at which it was given; repeated points are
    /// from before.</summary>
    /// <param name="next">When the next point is, Unix milliseconds; called before it is judged.</param>
    /// <returns>The closing of the alert that was open; null when none was.</returns>
    public AlertChange? TakeNewNormal(long next)
    {
        if (next <= _usualAfter || IsRepeating)
        {
            return null;
        }

        _usualAfter = long.MaxValue;
        Watch.AcceptNewNormal();
        if (Alert is not { } open)
        {
            return null;
        }

        Alert = null;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(next, open.Alert.UpdatedAt.ToUnixTimeMilliseconds()));
        return new AlertChange(AlertTransition.Close, open.Alert with { UpdatedAt = at, ClosedAt = at });
    }
}
