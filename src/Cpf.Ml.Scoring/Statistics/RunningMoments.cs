namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Count, mean and sum of squared deviations of a set of values. The default value is the empty
/// set.</summary>
/// <remarks>
/// Reference: Welford (1962) for one value; Chan, Golub, LeVeque (1979), <i>Updating formulae and a pairwise algorithm
/// for computing sample variances</i>, for two sets.
/// </remarks>
/// <param name="Count">Values seen, 0 or more.</param>
/// <param name="Mean">In the unit of the values.</param>
/// <param name="SquaredDeviations">Sum of squared deviations from the mean; never negative.</param>
internal readonly record struct RunningMoments(double Count, double Mean, double SquaredDeviations)
{
    /// <summary>Population variance, in the unit of the values squared; 0 with fewer than two values.</summary>
    public double Variance => Count < 2 ? 0 : SquaredDeviations / Count;

    public RunningMoments Add(double value)
    {
        var count = Count + 1;
        var deviation = value - Mean;
        var mean = Mean + (deviation / count);
        return new RunningMoments(count, mean, SquaredDeviations + (deviation * (value - mean)));
    }

    /// <summary>The moments of <c>factor</c>·x + <c>shift</c>.</summary>
    public RunningMoments Move(double factor, double shift) =>
        Count == 0 ? this : new(Count, (factor * Mean) + shift, factor * factor * SquaredDeviations);

    public RunningMoments Merge(RunningMoments other)
    {
        var count = Count + other.Count;
        if (other.Count == 0)
        {
            return this;
        }

        var deviation = other.Mean - Mean;
        return new RunningMoments(
            count,
            Mean + (deviation * other.Count / count),
            SquaredDeviations + other.SquaredDeviations + (deviation * deviation * Count * other.Count / count));
    }
}
