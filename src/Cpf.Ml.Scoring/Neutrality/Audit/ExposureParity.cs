using System.Collections.Immutable;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>Exposure that a group's offers get for one of equally relevant others.</summary>
/// <param name="Ratio">ln of the ratio; 0 is neutral, below the group is seen less.</param>
/// <param name="Bootstrap">Where the ratio lies by drawing questions, 95 % (BCa).</param>
/// <param name="PermutationP">Chance of so uneven a share when equally relevant offers change places at random,
/// two-sided.</param>
/// <param name="Opportunities">Times that an offer of the group could have been shown beside an equally relevant one of
/// another.</param>
/// <param name="Questions">In which the two meet.</param>
/// <param name="Organisations">Of the group's offers there.</param>
/// <param name="Others">Organisations of the other offers there.</param>
/// <param name="Leading">Questions in which most of the difference arises, the largest first.</param>
/// <remarks>
/// The ratio is Mantel and Haenszel's (1959) of rates, exposure per opportunity, over strata of equal relevance: a
/// stratum in which only one of both is present says nothing and weighs nothing. Its error is taken by questions and by
/// organisations (<see cref="ClusterSums"/>). What could be shown and was not counts, with exposure 0.
/// </remarks>
internal sealed record ExposureParity(Estimate Ratio, (double Low, double High) Bootstrap,
    double PermutationP, long Opportunities, int Questions, int Organisations, int Others, ImmutableArray<int> Leading)
{
    private const int Examples = 3;

    /// <summary>Estimates the ratio of a group.</summary>
    /// <param name="strata">Strata of equal relevance.</param>
    /// <param name="groupOf">Of each offer: above 0 of the group, 0 of others, below 0 left out.</param>
    /// <param name="byOrganisation">Whether the group's organisations stand for more of their kind; not where the group
    /// is one organisation.</param>
    /// <returns>Null where the two never meet at equal relevance, or none of either is shown there.</returns>
    public static ExposureParity? Estimate(ExposureStrata strata, IReadOnlyList<int> groupOf, bool byOrganisation)
    {
        var (log, exposure, tables) = (strata.Log, strata.Exposure, new List<Table>());
        for (var s = 0; s < strata.Count; s++)
        {
            var table = default(Table) with { From = strata.Starts[s], To = strata.Starts[s + 1] };
            for (var i = table.From; i < table.To; i++)
            {
                var unit = log.Units[i];
                table = groupOf[unit.Offer] switch
                {
                    > 0 => table with
                    {
                        Own = table.Own + exposure[i],
                        OwnTimes = table.OwnTimes + unit.Opportunities,
                        OwnCount = table.OwnCount + 1
                    },
                    0 => table with
                    {
                        Rest = table.Rest + exposure[i],
                        RestTimes = table.RestTimes + unit.Opportunities,
                        RestCount = table.RestCount + 1
                    },
                    _ => table,
                };
            }

            if (table.OwnCount > 0 && table.RestCount > 0)
            {
                tables.Add(table);
            }
        }

        var (over, under) = (tables.Sum(table => table.Over), tables.Sum(table => table.Under));
        if (over <= 0 && under <= 0)
        {
            return null;
        }

        // One that is never shown has no logarithm: it is counted as if shown half a time at the last place.
        var smallest = log.Units.Where(unit => unit.Exposure > 0)
            .Select(unit => unit.Exposure / unit.Shown).DefaultIfEmpty(1).Min() / 2;
        var ratio = Math.Max(over, smallest) / Math.Max(under, smallest);
        var (sums, own, rest) = (new ClusterSums(log.Organisations.Length), new HashSet<int>(), new HashSet<int>());
        foreach (var table in tables)
        {
            var rate = (table.Own + table.Rest) / ((ratio * table.OwnTimes) + table.RestTimes);
            var all = table.OwnTimes + table.RestTimes;
            for (var i = table.From; i < table.To; i++)
            {
                var unit = log.Units[i];
                if (groupOf[unit.Offer] is >= 0 and var group)
                {
                    var organisation = log.Offers[unit.Offer].Organisation;
                    (group > 0 ? own : rest).Add(organisation);
                    sums.Add(unit.Question, organisation, group > 0
                        ? table.RestTimes / all * (exposure[i] - (unit.Opportunities * ratio * rate))
                        : -ratio * table.OwnTimes / all * (exposure[i] - (unit.Opportunities * rate)));
                }
            }
        }

        var (variance, degrees) = sums.Total(byOrganisation);
        var questions = tables.GroupBy(table => log.Units[table.From].Question).Select(group => (Question: group.Key,
            Over: group.Sum(table => table.Over), Under: group.Sum(table => table.Under))).ToList();
        return new(
            new(Math.Log(ratio), Math.Sqrt(variance) / Math.Max(under, smallest) / ratio, degrees),
            ClusterBootstrap.Ratio(
                [.. questions.Select(question => question.Over)],
                [.. questions.Select(question => question.Under)], 0.95, seed: 1),
            StratifiedPermutation.PValue([.. tables.Select(table => Residuals(strata, table, groupOf))]),
            tables.Sum(table => (long)table.OwnTimes), questions.Count, own.Count, rest.Count,
            [.. questions.OrderByDescending(question => (question.Over - question.Under) * Math.Sign(ratio - 1))
                .Take(Examples).Select(question => question.Question)]);
    }

    /// <summary>What each offer got beyond its share of the stratum.</summary>
    private static (double Residual, bool IsOwn)[] Residuals(
        ExposureStrata strata, Table table, IReadOnlyList<int> groupOf)
    {
        var rate = (table.Own + table.Rest) / (table.OwnTimes + table.RestTimes);
        var residuals = new List<(double, bool)>(table.To - table.From);
        for (var i = table.From; i < table.To; i++)
        {
            if (groupOf[strata.Log.Units[i].Offer] is >= 0 and var group)
            {
                residuals.Add((strata.Exposure[i] - (strata.Log.Units[i].Opportunities * rate), group > 0));
            }
        }

        return [.. residuals];
    }

    /// <summary>A stratum: exposures, opportunities and offers of both.</summary>
    private readonly record struct Table(
        int From, int To, double Own, double OwnTimes, int OwnCount, double Rest, double RestTimes, int RestCount)
    {
        public double Over => Own * RestTimes / (OwnTimes + RestTimes);

        public double Under => Rest * OwnTimes / (OwnTimes + RestTimes);
    }
}
