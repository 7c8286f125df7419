using System.Collections.Immutable;
using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Clicks;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Metrics;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>Each vector by the measure of the program that it is of.</summary>
internal static class GoldenVectors
{
    private static readonly string[] Ids = ["a", "b", "c"];

    private static readonly Dictionary<string, Func<GoldenVector, object>> Measures = new()
    {
        ["FA*IR m-table (unadjusted)"] = one => Minimums(one),
        ["FA*IR m-table (paper Table 2 layout)"] = one => Minimums(one),
        ["m-table"] = one => Minimums(one),
        ["FA*IR m-table (adjusted)"] =
            one => FairTopK.Adjust(one.Whole("k"), one.Number("p"), one.Number("alpha")).Minimums,
        ["FA*IR m-table blocks"] =
            one => FairTopK.Blocks(FairTopK.Minimums(one.Whole("k"), one.Number("p"), one.Number("alpha"))),
        ["FA*IR fail probability of adjusted m-table"] =
            one => FairTopK.FailProbability([.. one.Wholes("mtable")], one.Number("p")),
        ["FA*IR fail probability, unadjusted"] =
            one => new { exact = FairTopK.FailProbability([.. one.Wholes("mtable")], one.Number("p")) },
        ["FA*IR unadjusted fail probability (type I inflation)"] = one => one.Expected.EnumerateArray()
            .Select(row => (K: row.GetProperty("k").GetInt32(), P: row.GetProperty("p").GetDouble()))
            .Select(row => new
            {
                k = row.K,
                p = row.P,
                fail = FairTopK.FailProbability(FairTopK.Minimums(row.K, row.P, one.Number("alpha")), row.P)
            }),
        ["FA*IR adjusted alpha"] = AdjustedAlpha,
        ["FA*IR exact alpha_c interval"] = one => one.Expected.EnumerateArray().Select(row => (K: row.GetProperty("k")
            .GetInt32(), P: row.GetProperty("p").GetDouble(), Alpha: row.GetProperty("alpha").GetDouble()))
            .Select(row => (row.K, row.P, row.Alpha, Adjusted: FairTopK.Adjust(row.K, row.P, row.Alpha)))
            .Select(row => new
            {
                k = row.K,
                p = row.P,
                alpha = row.Alpha,
                interval = new[] { row.Adjusted.Low, row.Adjusted.High },
                fail = row.Adjusted.FailProbability
            }),
        ["FA*IR check"] = one =>
            FairTopK.FirstUnfair(Protected(one.Whole("k"), one.Wholes("protected_positions")), Minimums(one)) is null,
        ["FA*IR re-rank"] = ReRank,
        ["FA*IR re-rank, 3 protected"] = ReRankPairs,
        ["FA*IR on German Credit (1000, 149 protected), k=100"] = one => new
        {
            protected_positions = GermanCredit(one)
                .Index().Where(position => position.Item.IsProtected).Select(position => position.Index + 1),
            exact_fail_prob = FairTopK.FailProbability(
                FairTopK.Minimums(100, one.Number("p"), one.Number("alpha_c")), one.Number("p")),
        },
        ["FA*IR on German Credit sex (690 protected)"] = one =>
            new { identical_items = GermanCredit(one).Zip(ByScore(one)).Count(both => both.First == both.Second) },
        ["hyperFA*IR sequential hypergeometric p-value"] = one => With(one.Wholes("x"), x =>
            new { value = FinitePoolTest.TooFew([.. x.Select(bit => bit == 1)], x.Length, x.Sum(), one.Whole("k")) }),
        ["attention p=0.1 (100*p*(1-p)^(r-1)), mean per group"] =
            one => With(Means(one.Groups(), rank => BrowsingModel.Geometric(rank, one.Number("p"))), m => new
            {
                m.M,
                m.W,
                MinMaxRatio = Spread.MinOverMax([m.M, m.W]),
                MaxMinDiff = Spread.MaxMinusMin([m.M, m.W])
            }),
        ["RBP exposure decay .75, mean per group"] = one => With(Means(one.Groups(), rank => BrowsingModel.RankBiased(
            rank, one.Number("decay"))), m => new { m.M, m.W, MinMaxRatio = Spread.MinOverMax([m.M, m.W]) }),
        ["NDKL natural log, eps 1e-7 added to p and q"] = one => new
        {
            published = Math.Log(2) * Divergence.DiscountedKullbackLeibler(one.Groups(), added: 1e-7),
            exact_no_eps = Math.Log(2) * Divergence.DiscountedKullbackLeibler(one.Groups()),
            bits = Divergence.DiscountedKullbackLeibler(one.Groups()),
        },
        ["EXPRU mean CTR / mean relevance"] = ExposureUtility,
        ["rKL/rND/rRD"] = PrefixDifferences,
        ["KL/JS"] = one => new
        {
            KL_pq = Divergence.KullbackLeibler(one.Counts("p"), one.Counts("q"), 1),
            JS_bits = Divergence.JensenShannon(one.Counts("p"), one.Counts("q"))
        },
        ["skew@ with Laplace alpha=1, ln"] = Skews,
        ["position-bias, adjacent estimate on synthetic N(0,1) score data"] = _ => AdjacentRanks(),
        ["Infeasible index"] = one => With(PrefixParity.Infeasible(
            one.Groups(), new Dictionary<char, double> { ['r'] = one.Number("target"), ['b'] = one.Number("target") }),
            wrong => new { index = wrong.Count, violating_one_based = wrong }),
        ["DetGreedy/DetCons/DetRelaxed/DetConstSort"] = TwoGroups,
        ["DetGreedy/Cons/Relaxed/ConstSort, 3 groups"] = ThreeGroups,
        ["swap best of each group"] = one => Exposures(one, [(1, [.. one.Wholes("order")])]),
        ["LP optimum of DCG over doubly stochastic P with exact DP constraint"] =
            one => Optimum(one, (relevance, groups) => ExposureOptimum.Parity(relevance, groups)),
        ["LP optimum of DCG over doubly stochastic P with exact DI constraint"] =
            one => Optimum(one, ExposureOptimum.Impact),
        ["Birkhoff-von Neumann"] = Birkhoff,
        ["Caratheodory decomposition reconstructs point"] = Caratheodory,
        ["face intersection from point along direction"] = one => new Expohedron(one.Numbers("gamma"))
            .Boundary(one.Numbers("point"), one.Numbers("direction")),
        ["billiard word delivery schedule"] = one => one.Input.GetProperty("freq")
            .EnumerateArray().Zip(one.Expected.EnumerateArray(), (weights, words) => BilliardSchedule.Deal(
                [.. weights.EnumerateArray().Select(weight => weight.GetDouble())]).Take(words.GetArrayLength())),
        ["TREC AWRF = 1 - JSD, discount 1/log2(max(r,2))"] = Attention,
        ["Expected exposure RBP p=0.5, individual"] = Expected,
        ["GERR target p=.5 u=.5 (2 relevant, 2 not)"] = _ => With(ExpectedExposure.CascadeTarget(4, 2, 0.5, 0.5),
            target => new { relevant = target.Relevant, nonrelevant = target.Other }),
        ["intervention harvesting / EM / IPS on noise-free PBM"] = Clicks,
        ["Gini / HHI / Theil"] = Shares,
        ["Wilson 95%"] = one => one.Input.GetProperty("x")
            .EnumerateArray().Select(row => Proportions.Interval(row[0].GetInt32(), row[1].GetInt32()))
            .Select(interval => new[] { interval.Low, interval.High }),
        ["n per arm, two proportions, alpha .05 two-sided, power .8"] = one => one.Input.GetProperty("pairs")
            .EnumerateArray().Select(row => Proportions.SampleSize(row[0].GetDouble(), row[1].GetDouble())),
        ["pairwise accuracy (Beutel 2019)"] = Pairs,
        ["amortised attention (Biega 2018), normalised attention and relevance"] = Amortised,
        ["RBO extrapolated p=.9"] = one => one.Input.GetProperty("pairs").EnumerateArray().Select(
            row => RankSimilarity.Overlap(row[0].GetString()!.ToCharArray(), row[1].GetString()!.ToCharArray())),
        ["one OF with 6 equally relevant offers, 4 OFs with 1 offer, 10 slots, v=1/log2(r+1)"] = _ => Saturation(),
    };

    /// <returns>What is wrong with the vector; nothing where it holds; null where no measure of the program is meant,
    /// as for tables that are not there.</returns>
    public static IReadOnlyList<string>? Check(GoldenVector one)
    {
        if (!Measures.TryGetValue(one.Metric, out var measure))
        {
            return null;
        }

        try
        {
            return [.. one.Differences(measure(one))];
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException
            or FormatException or IOException or IndexOutOfRangeException)
        {
            return [$"its input is not as this measure needs it: {exception.Message}"];
        }
    }

    private static TResult With<T, TResult>(T value, Func<T, TResult> of) => of(value);

    private static ImmutableArray<int> Minimums(GoldenVector one) =>
        FairTopK.Minimums(one.Whole("k"), one.Number("p"), one.Number("alpha"));

    private static bool[] Protected(int length, int[] positions) =>
        [.. Enumerable.Range(1, length).Select(positions.Contains)];

    private static object AdjustedAlpha(GoldenVector one)
    {
        var adjusted = FairTopK.Adjust(one.Whole("k"), one.Number("p"), one.Number("alpha"));
        double[] interval = [adjusted.Low, adjusted.High];
        return one.Expected.TryGetProperty("exact_fail_prob_java", out _)
            ? new { exact_interval = interval, exact_fail_prob_java = adjusted.FailProbability }
            : new { exact_interval = interval, fail_prob = adjusted.FailProbability };
    }

    private static object ReRank(GoldenVector one)
    {
        var minimums = FairTopK.Adjust(one.Whole("k"), one.Number("p"), one.Number("alpha")).Minimums;
        double[] others = [.. Enumerable.Range(7, 14).Reverse()], own = [.. Enumerable.Range(1, 6).Reverse()];
        var after = FairTopK.Rank(others, own, minimums);
        return new
        {
            before_fair = FairTopK.FirstUnfair(
                [.. others.Select(_ => false), .. own.Select(_ => true)], minimums) is null,
            protected_positions_after = after.Index()
                .Where(position => position.Item.IsProtected).Select(position => position.Index + 1),
        };
    }

    private static IEnumerable<int> ReRankPairs(GoldenVector one)
    {
        List<(int Id, double Score)> Read(string name) => [.. one.Input.GetProperty(name).EnumerateArray()
            .Select(pair => (pair[0].GetInt32(), pair[1].GetDouble())).OrderByDescending(pair => pair.Item2)];
        var (others, own) = (Read("nonprotected"), Read("protected"));
        return FairTopK.Rank([.. others.Select(pair => pair.Score)], [.. own.Select(pair => pair.Score)], Minimums(one))
            .Select(position => (position.IsProtected ? own : others)[position.Place].Id);
    }

    private static ImmutableArray<(bool IsProtected, int Place)> ByScore(GoldenVector one)
    {
        var (others, own) = Scores(one);
        return FairTopK.Rank(others, own, [.. Enumerable.Repeat(0, others.Count + own.Count)]);
    }

    private static ImmutableArray<(bool IsProtected, int Place)> GermanCredit(GoldenVector one)
    {
        var (others, own) = Scores(one);
        return FairTopK.Rank(others, own, FairTopK.Minimums(100, one.Number("p"), one.Number("alpha_c")));
    }

    private static (List<double> Others, List<double> Own) Scores(GoldenVector one)
    {
        var rows =
            File.ReadLines(Path.Combine(one.Folder, Path.GetFileName(one.Input.GetProperty("file").GetString()!)))
                .Skip(1).Select(line => line.Split(','))
            .Select(cells => (Score: double.Parse(cells[^2], CultureInfo.InvariantCulture),
                IsProtected: cells[^1].Trim() == "1"))
                .OrderByDescending(row => row.Score).ToLookup(row => row.IsProtected, row => row.Score);
        return ([.. rows[false]], [.. rows[true]]);
    }

    private static (double M, double W) Means(char[] groups, Func<int, double> exposure)
    {
        double Of(char group) => groups.Index().Where(one => one.Item == group).Average(one => exposure(one.Index + 1));
        return (Of('M'), Of('W'));
    }

    private static object ExposureUtility(GoldenVector one)
    {
        var (groups, relevance, clicks) = (one.Groups(), one.Numbers("relevance"), one.Numbers("ctr"));
        double Mean(double[] values, char group) => values.Where((_, i) => groups[i] == group).Average();
        var exposure = Means(groups, BrowsingModel.Logarithmic);
        double[] ratios = [Mean(clicks, 'M') / Mean(relevance, 'M'), Mean(clicks, 'W') / Mean(relevance, 'W')];
        return new
        {
            M = ratios[0],
            W = ratios[1],
            MinMaxRatio = Spread.MinOverMax(ratios),
            EXPU_M = exposure.M / Mean(relevance, 'M'),
            EXPU_W = exposure.W / Mean(relevance, 'W')
        };
    }

    private static object PrefixDifferences(GoldenVector one)
    {
        bool[] isProtected = [.. Enumerable.Range(0, one.Whole("N"))
            .Select(i => one.Input.GetProperty("protected").GetString() == "last 50" ? i >= 50 : i % 2 == 1)];
        var (published, difference, ratio) = (PrefixParity.KullbackLeibler(isProtected, asPublished: true),
            PrefixParity.Difference(isProtected), PrefixParity.Ratio(isProtected));
        return one.Expected.TryGetProperty("rKL_exact", out _) ? new
        {
            rKL = published,
            rND = difference,
            rRD = ratio,
            rKL_exact = PrefixParity.KullbackLeibler(isProtected)
        }
            : new { rKL = published, rND = difference, rRD = ratio };
    }

    private static object Skews(GoldenVector one)
    {
        var (p, q) = (one.Counts("p"), one.Counts("q"));
        var skews = p.Keys.Union(q.Keys).ToDictionary(group => group, group => Divergence.Skew(p, q, group, 1));
        object[] Named(KeyValuePair<string, double> skew) => [skew.Key, skew.Value];
        return new
        {
            F20 = skews["F20"],
            M20 = skews["M20"],
            F40 = skews["F40"],
            M40 = skews["M40"],
            min = Named(skews.MinBy(skew => skew.Value)),
            max = Named(skews.MaxBy(skew => skew.Value)),
            TV = Divergence.TotalVariation(p, q),
            Linf = Divergence.LargestDifference(p, q)
        };
    }

    /// <summary>Scores at equal chances of a normal distribution in place of drawn ones.</summary>
    private static object AdjacentRanks()
    {
        List<(double Score, bool IsClicked)> At(int negatives, int positives, double shift)
        {
            IEnumerable<(double, bool)> Scores(int count, bool clicked) => Enumerable.Range(0, count)
                .Select(i => (MathNet.Numerics.Distributions.Normal.InvCDF(shift, 1, (i + 0.5) / count), clicked));
            return [.. Scores(negatives, false), .. Scores(positives, true)];
        }

        var (first, second, third) = (At(1000, 1000, 0), At(200, 800, 0), At(100, 600, -0.5));
        return new
        {
            pos2 = AdjacentRankBias.Ratio(first, second),
            pos3 = AdjacentRankBias.Ratio(first, second) * AdjacentRankBias.Ratio(second, third)
        };
    }

    private static object TwoGroups(GoldenVector one)
    {
        Dictionary<char, IReadOnlyList<double>> scores = new() { ['r'] = one.Numbers("r"), ['b'] = one.Numbers("b") };
        Dictionary<char, double> shares = new() { ['r'] = one.Numbers("target")[0], ['b'] = one.Numbers("target")[1] };
        var all = new[] { DeterministicRanking.Greedy(scores, shares, one.Whole("k")),
            DeterministicRanking.Conservative(scores, shares, one.Whole("k")), DeterministicRanking.Relaxed(
                scores, shares, one.Whole("k")), DeterministicRanking.ConstrainedSort(scores, shares, one.Whole("k")) };
        return all.Select(ranked => string.Concat(ranked.Select(position => position.Group)))
            .Distinct().ToList() is [var order]
            ? new
            {
                order,
                scores = all[0].Select(position => position.Score),
                share_r = order.Count(group => group == 'r') / (double)order.Length
            }
            : new
            {
                order = string.Join(
                ", ", all.Select(ranked => string.Concat(ranked.Select(position => position.Group)))),
                scores = Enumerable.Empty<double>(),
                share_r = 0.0
            };
    }

    private static object ThreeGroups(GoldenVector one)
    {
        var scores = Ids.ToDictionary(group => group, group => (IReadOnlyList<double>)one.Numbers(group));
        var shares = one.Counts("target");
        string Of(IEnumerable<(string Group, double)> ranked) =>
            string.Concat(ranked.Select(position => position.Group));
        var k = one.Whole("k");
        var all = (Greedy: Of(DeterministicRanking.Greedy(scores, shares, k)),
            Conservative: Of(DeterministicRanking.Conservative(scores, shares, k)),
            Relaxed: Of(DeterministicRanking.Relaxed(scores, shares, k)),
            Sort: Of(DeterministicRanking.ConstrainedSort(scores, shares, k)));
        var blind = string.Concat(scores.SelectMany(own => own.Value.Select(score => (own.Key, score)))
            .OrderByDescending(own => own.score).Take(k).Select(own => own.Key));
        int Wrong(string order) => PrefixParity.Infeasible([.. order.Select(group => group.ToString())], shares).Count;

        var violations = PrefixParity.Lacking([.. blind.Select(group => group.ToString())], shares).Count;
        return new
        {
            DetGreedy = all.Greedy,
            DetCons = all.Conservative,
            DetRelaxed = all.Relaxed,
            DetConstSort = all.Sort,
            all_feasible = Wrong(all.Greedy) + Wrong(all.Conservative) + Wrong(all.Relaxed)
                + Wrong(all.Sort) == 0,
            colour_blind = blind,
            colour_blind_violations = violations
        };
    }

    private static object Exposures(
        GoldenVector one, ImmutableArray<(double Weight, ImmutableArray<int> Order)> mixture)
    {
        var (relevance, groups) = (one.Numbers("relevance"), one.Wholes("groups"));
        var pool = relevance.Zip(groups, (utility, group) => (group, utility)).ToList();
        var parts = mixture
            .Select(part => (part.Weight, Of: GroupExposure.Of(pool, part.Order, BrowsingModel.Logarithmic))).ToList();
        GroupExposure Mean(int group) =>
            new(parts.Sum(part => part.Weight * part.Of[group].Exposure), parts[0].Of[group].Utility,
                parts.Sum(part => part.Weight * part.Of[group].Impact), parts[0].Of[group].Pool);
        var (reference, other) = (Mean(0), Mean(1));
        var gain = mixture
            .Sum(part => part.Weight * RankSimilarity.DiscountedGain(part.Order.Select(place => relevance[place])));
        return one.Expected.TryGetProperty("group_exposure", out _)
            ? new
            {
                DCG = gain,
                DPR = other.ParityRatio(reference),
                DTR = other.TreatmentRatio(reference),
                DIR = other.ImpactRatio(reference),
                group_exposure = new[] { reference.Exposure, other.Exposure }
            }
            : new
            {
                exp = new[] { reference.Exposure, other.Exposure },
                util = new[] { reference.Utility, other.Utility },
                DPR = other.ParityRatio(reference),
                DTR = other.TreatmentRatio(reference),
                DIR = other.ImpactRatio(reference),
                DCG = gain
            };
    }

    private static object Optimum(
        GoldenVector one, Func<IReadOnlyList<double>, IReadOnlyList<bool>, ExposureOptimum> best)
    {
        var optimum = best(one.Numbers("relevance"), [.. one.Wholes("groups").Select(group => group == 1)]);
        return Math.Abs(optimum.Gain - optimum.Dual) > 1e-12 ? new { DCG = optimum.Gain, dual = optimum.Dual }
            : Exposures(one, optimum.Mixture);
    }

    private static object Birkhoff(GoldenVector one)
    {
        double[][] matrix = [.. one.Input.GetProperty("matrix_times_6")
            .EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetDouble() / 6).ToArray())];
        var parts = BirkhoffDecomposition.Of(matrix);
        var most = matrix.Index().Max(row => row.Item.Index().Max(cell =>
            Math.Abs(cell.Item - parts.Where(part => part.Columns[row.Index] == cell.Index).Sum(part => part.Weight))));

        // It is not unique: what must hold is that it gives the matrix again, in few enough parts.
        return most <= one.Tolerance && parts.Length <= 10
            ? new { coefficients = one.Expected.GetProperty("coefficients") }
            : new { coefficients = $"{parts.Length} parts, off by {most}" };
    }

    private static object Caratheodory(GoldenVector one)
    {
        var hull = new Expohedron(one.Numbers("gamma"));
        var most = 0;
        foreach (var point in one.Input.GetProperty("points")
            .EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray()))
        {
            var parts = hull.Decompose(point);
            var off = point.Index()
                .Max(value => Math.Abs(value.Item - parts.Sum(part => part.Weight * part.Exposures[value.Index])));
            most = Math.Max(most, off <= one.Tolerance ? parts.Length : int.MaxValue);
        }

        return new
        {
            max_vertices = most <= one.Expected.GetProperty("max_vertices").GetInt32()
            ? one.Expected.GetProperty("max_vertices").GetInt32() : most
        };
    }

    private static object Attention(GoldenVector one)
    {
        var attention = Divergence.Attention(one.Groups());
        Dictionary<char, double> most = new() { ['M'] = 0.7, ['W'] = 0.3 }, even = new() { ['M'] = 0.5, ['W'] = 0.5 };
        double Bits(Dictionary<char, double> target) => Divergence.AttentionWeighted(one.Groups(), target);
        double Nats(Dictionary<char, double> target) => 1 - (Math.Log(2) * (1 - Bits(target)));
        return new
        {
            allocation = new { M = attention['M'], W = attention['W'] },
            target_70_30_nat = Nats(most),
            target_70_30_bits = Bits(most),
            target_50_50_nat = Nats(even),
            target_50_50_bits = Bits(even)
        };
    }

    private static object Expected(GoldenVector one)
    {
        var relevance = one.Counts("relevance");
        var names = relevance.Keys.Order(StringComparer.Ordinal).ToList();
        var rankings = one.Input.GetProperty("rankings").EnumerateArray().Select(ranking =>
            (IReadOnlyList<int>)[.. ranking.GetString()!.Select(name => names.IndexOf(name.ToString()))]).ToList();
        var (relevant, other) = ExpectedExposure.RankBiasedTarget(
            names.Count, relevance.Values.Count(value => value > 0), 0.5);
        double[] target = [.. names.Select(name => relevance[name] > 0 ? relevant : other)];
        var result = ExpectedExposure.Of(ExpectedExposure.RankBiased(rankings, names.Count, 0.5), target);
        return new { target, EED = result.Disparity, EER = result.Relevance, EEL = result.Loss };
    }

    private static object Clicks(GoldenVector one)
    {
        var clicks = one.Counts("clicks");
        List<RankClicks> all = [.. one.Counts("impressions").Select(cell => new RankClicks(cell.Key.Split('@')[0],
            int.Parse(cell.Key.Split('@')[1], CultureInfo.InvariantCulture), cell.Value, clicks[cell.Key]))];
        var (chain, naive) = (PositionBias.AdjacentChain(all), PositionBias.NaiveRates(all));
        object Of(ImmutableDictionary<string, double> relevance) =>
            new { a = relevance["a"], b = relevance["b"], c = relevance["c"] };
        return new
        {
            adjacent_chain = chain,
            em_normalised = PositionBias.Fit(all).Theta,
            naive_ctr = naive,
            naive_normalised = naive.Select(rate => rate / naive[0]),
            ips_relevance = Of(PositionBias.Relevance(all, chain)),
            naive_relevance = Of(PositionBias.Relevance(all, [1, 1, 1, 1])),
        };
    }

    private static object Shares(GoldenVector one)
    {
        double[][] x = [[1, 2, 3, 4],
            [0, 0, 0, 1], [1, 1, 1, 1, 1], [.. Enumerable.Range(1, 6).Select(BrowsingModel.Logarithmic)]];
        return new
        {
            gini = x.Select(Concentration.Gini),
            hhi_1234 = Concentration.Herfindahl(x[0]),
            hhi_1234_normalised = Concentration.NormalisedHerfindahl(x[0]),
            hhi_dcg6 = Concentration.Herfindahl(x[3]),
            theilT_1234 = Concentration.TheilT(x[0]),
            theilL_1234 = Concentration.TheilL(x[0]),
            gei2_1234 = Concentration.Entropy2(x[0]),
            atkinson_half_1234 = Concentration.AtkinsonHalf(x[0]),
        };
    }

    private static object Pairs(GoldenVector one)
    {
        List<(string Group, bool IsClicked)> ranked = [.. one.Input.GetProperty("ranked")
            .EnumerateArray().Select(row => (row[0].GetString()!, row[1].GetInt32() == 1))];
        int[] Of(string group, Func<string, bool>? other = null) =>
            PairwiseAccuracy.Of(ranked, group, other) is var (right, pairs) ? [right, pairs] : [];
        return new
        {
            A = Of("A"),
            B = Of("B"),
            intra_A = Of("A", other => other == "A"),
            intra_B = Of("B", other => other == "B"),
            inter_A_over_B = Of("A", other => other == "B"),
            inter_B_over_A = Of("B", other => other == "A")
        };
    }

    private static Dictionary<string, double> Amortised(GoldenVector one)
    {
        var relevance = one.Numbers("relevance");
        double Of(params int[][] rankings)
        {
            var attention = new AmortisedAttention(relevance.Length);
            Array.ForEach(rankings, ranking => attention.Add(ranking, relevance));
            return attention.Unfairness;
        }

        return new()
        {
            ["[012]"] = Of([0, 1, 2]),
            ["[012],[021]"] = Of([0, 1, 2], [0, 2, 1]),
            ["all 6 permutations"] = Of([0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0])
        };
    }

    /// <summary>
    /// Share of exposure of an organisation with six offers beside four with one: offers in any order, organisations in
    /// turn, and each organisation once, all by the program's own rotation and exposure.
    /// </summary>
    private static object Saturation()
    {
        (string Group, double Relevance)[] pool =
            [.. Enumerable.Repeat(("big", 1.0), 6), ("b", 1), ("c", 1), ("d", 1), ("e", 1)];
        double Share(IEnumerable<int[]> orders) =>
            With(orders.Select(order => GroupExposure.Of(pool, order, BrowsingModel.Logarithmic)).ToList(), all =>
                all.Average(one => one["big"].Exposure * 6 / one.Values.Sum(group => group.Exposure * group.Pool)));

        // Every offer once at every position stands for all orders.
        var drawn = Enumerable.Range(0, pool.Length)
            .Select(shift => Enumerable.Range(0, pool.Length).Select(i => (i + shift) % pool.Length).ToArray());
        // The share hangs on whose turn is first, second, …, and every turn is as likely: one order of each is enough.
        string[] organisations = [.. pool.Select(offer => offer.Group)];
        var turns = Enumerable.Range(0, 200)
            .Select(seed => OrganisationRotation.Order(organisations, $"{seed}").ToArray())
            .DistinctBy(order => Array.FindIndex(order, place => pool[place].Group == "big")).ToList();
        return new
        {
            random_tie_break_big_OF_share = Share(drawn),
            per_OF_parity_share = Share(
            turns.Select(order => order[..5])),
            random_OF_round_robin_big_OF_share = Share(turns)
        };
    }
}
