using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>A new normal: a person declared that the present level of the series is its baseline from now on.</summary>
internal sealed partial class SeriesState
{
    private long _newNormalAfter = long.MaxValue;

    /// <summary>What comes after a point is the new baseline.</summary>
    /// <param name="after">Newest point when it was declared, Unix milliseconds.</param>
    public void AcceptAfter(long after) => _newNormalAfter = after;

    /// <summary>Applies the declaration when the stream is beyond the moment at which it was made; repeated points are
    /// from before.</summary>
    /// <param name="next">When the next point is, Unix milliseconds; called before it is scored.</param>
    /// <returns>The closing of the alert that was open; null when none was.</returns>
    public AlertChange? ApplyNewNormal(long next)
    {
        if (next <= _newNormalAfter || IsRepeating)
        {
            return null;
        }

        _newNormalAfter = long.MaxValue;
        Monitor.AcceptNewNormal();
        if (Alert is not { } open)
        {
            return null;
        }

        Alert = null;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(next, open.Alert.UpdatedAt.ToUnixTimeMilliseconds()));
        return new AlertChange(AlertTransition.Close, open.Alert with { UpdatedAt = at, ClosedAt = at });
    }
}
