namespace Cpf.Ml.Scoring.Neutrality.Metrics;

/// <summary>What a group of offers gets and deserves, over the whole pool that could have been shown: what is not shown
/// counts, with exposure 0.</summary>
/// <param name="Exposure">Sum of the exposures of its shown offers, divided by its offers in the pool.</param>
/// <param name="Utility">Mean relevance of its offers in the pool.</param>
/// <param name="Impact">Sum of exposure times relevance, divided by its offers in the pool.</param>
/// <param name="Pool">Its offers that could have been shown.</param>
/// <remarks>Reference: Singh and Joachims (2018), <i>Fairness of Exposure in Rankings</i>.</remarks>
internal sealed record GroupExposure(double Exposure, double Utility, double Impact, int Pool)
{
    /// <summary>Of each group.</summary>
    /// <param name="pool">Group and relevance of every offer that could have been shown.</param>
    /// <param name="order">Places in the pool of those that were, from the first position on.</param>
    /// <param name="exposure">Of a position, which begins at 1.</param>
    public static IReadOnlyDictionary<T, GroupExposure> Compute<T>(
        IReadOnlyList<(T Group, double Relevance)> pool, IReadOnlyList<int> order, Func<int, double> exposure)
        where T : notnull
    {
        var sums = pool.GroupBy(offer => offer.Group).ToDictionary(group => group.Key,
            group => (Exposure: 0.0, Impact: 0.0, Utility: group.Sum(offer => offer.Relevance), Pool: group.Count()));
        foreach (var (i, index) in order.Index())
        {
            var (group, relevance) = pool[index];
            var (received, sum) = (exposure(i + 1), sums[group]);
            sums[group] = sum with { Exposure = sum.Exposure + received, Impact = sum.Impact + (received * relevance) };
        }

        return sums.ToDictionary(sum => sum.Key, sum => new GroupExposure(sum.Value.Exposure / sum.Value.Pool,
            sum.Value.Utility / sum.Value.Pool, sum.Value.Impact / sum.Value.Pool, sum.Value.Pool));
    }

    /// <summary>Exposure of this group against the reference; 1 is neutral, less is under-exposed (demographic
    /// parity).</summary>
    public double ParityRatio(GroupExposure reference) => Exposure / reference.Exposure;

    /// <summary>(E₀/U₀) / (E₁/U₁); 1 is neutral, more favours the reference (disparate treatment).</summary>
    public double TreatmentRatio(GroupExposure reference) =>
        reference.Exposure / reference.Utility / (Exposure / Utility);

    /// <summary>(C₀/U₀) / (C₁/U₁); 1 is neutral, more favours the reference (disparate impact).</summary>
    public double ImpactRatio(GroupExposure reference) => reference.Impact / reference.Utility / (Impact / Utility);

    /// <summary>Signed and 0 where neutral: above, this group gets more than the reference for what it is
    /// worth.</summary>
    public double SignedTreatment(GroupExposure reference) => -Math.Log(TreatmentRatio(reference));
}
