using System.Collections.Immutable;
using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Correction;

namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>FA*IR (Zehlike et al. 2017) and its variants.</summary>
internal static class FairTopKVectors
{
    public static Dictionary<string, Func<GoldenVector, object>> Measures => new()
    {
        ["FA*IR m-table (unadjusted)"] = vector => Minimums(vector),
        ["FA*IR m-table (paper Table 2 layout)"] = vector => Minimums(vector),
        ["m-table"] = vector => Minimums(vector),
        ["FA*IR m-table (adjusted)"] = vector => Adjust(vector).Minimums,
        ["FA*IR m-table blocks"] = vector => FairTopK.Blocks(Minimums(vector)),
        ["FA*IR fail probability of adjusted m-table"] = vector => FailProbability(vector),
        ["FA*IR fail probability, unadjusted"] = vector => new { exact = FailProbability(vector) },
        ["FA*IR unadjusted fail probability (type I inflation)"] = Inflation,
        ["FA*IR adjusted alpha"] = AdjustedAlpha,
        ["FA*IR exact alpha_c interval"] = AdjustedIntervals,
        ["FA*IR check"] = vector => FairTopK.FirstUnfair(
            Protected(vector.Whole("k"), vector.Wholes("protected_positions")), Minimums(vector)) is null,
        ["FA*IR re-rank"] = ReRank,
        ["FA*IR re-rank, 3 protected"] = ReRankPairs,
        ["FA*IR on German Credit (1000, 149 protected), k=100"] = vector => new
        {
            protected_positions = ProtectedPositions(GermanCredit(vector)),
            exact_fail_prob = FairTopK.FailProbability(
                FairTopK.Minimums(100, vector.Number("p"), vector.Number("alpha_c")), vector.Number("p")),
        },
        ["FA*IR on German Credit sex (690 protected)"] = vector => new
        {
            identical_items = GermanCredit(vector).Zip(ByScore(vector)).Count(both => both.First == both.Second),
        },
        ["hyperFA*IR sequential hypergeometric p-value"] = FinitePool,
    };

    private static ImmutableArray<int> Minimums(GoldenVector vector) =>
        FairTopK.Minimums(vector.Whole("k"), vector.Number("p"), vector.Number("alpha"));

    private static AdjustedSignificance Adjust(GoldenVector vector) =>
        FairTopK.Adjust(vector.Whole("k"), vector.Number("p"), vector.Number("alpha"));

    private static double FailProbability(GoldenVector vector) =>
        FairTopK.FailProbability([.. vector.Wholes("mtable")], vector.Number("p"));

    private static object Inflation(GoldenVector vector) =>
        from row in vector.Expected.EnumerateArray()
        let k = row.GetProperty("k").GetInt32()
        let p = row.GetProperty("p").GetDouble()
        select new { k, p, fail = FairTopK.FailProbability(FairTopK.Minimums(k, p, vector.Number("alpha")), p) };

    private static object AdjustedIntervals(GoldenVector vector) =>
        from row in vector.Expected.EnumerateArray()
        let k = row.GetProperty("k").GetInt32()
        let p = row.GetProperty("p").GetDouble()
        let alpha = row.GetProperty("alpha").GetDouble()
        let adjusted = FairTopK.Adjust(k, p, alpha)
        select new { k, p, alpha, interval = Interval(adjusted), fail = adjusted.FailProbability };

    private static double[] Interval(AdjustedSignificance adjusted) => [adjusted.Low, adjusted.High];

    private static bool[] Protected(int length, int[] positions) =>
        [.. Enumerable.Range(1, length).Select(positions.Contains)];

    private static IEnumerable<int> ProtectedPositions(IEnumerable<(bool IsProtected, int Index)> ranked) =>
        ranked.Index().Where(position => position.Item.IsProtected).Select(position => position.Index + 1);

    private static object AdjustedAlpha(GoldenVector vector)
    {
        var adjusted = Adjust(vector);
        return vector.Expected.TryGetProperty("exact_fail_prob_java", out _)
            ? new { exact_interval = Interval(adjusted), exact_fail_prob_java = adjusted.FailProbability }
            : new { exact_interval = Interval(adjusted), fail_prob = adjusted.FailProbability };
    }

    private static object ReRank(GoldenVector vector)
    {
        var minimums = Adjust(vector).Minimums;
        double[] others = [.. Enumerable.Range(7, 14).Reverse()], own = [.. Enumerable.Range(1, 6).Reverse()];
        bool[] before = [.. others.Select(_ => false), .. own.Select(_ => true)];
        return new
        {
            before_fair = FairTopK.FirstUnfair(before, minimums) is null,
            protected_positions_after = ProtectedPositions(FairTopK.Rank(others, own, minimums)),
        };
    }

    private static IEnumerable<int> ReRankPairs(GoldenVector vector)
    {
        List<(int Id, double Score)> Read(string name) => [.. vector.Input.GetProperty(name).EnumerateArray()
            .Select(pair => (pair[0].GetInt32(), pair[1].GetDouble())).OrderByDescending(pair => pair.Item2)];
        var (others, own) = (Read("nonprotected"), Read("protected"));
        return FairTopK
            .Rank([.. others.Select(pair => pair.Score)], [.. own.Select(pair => pair.Score)], Minimums(vector))
            .Select(position => (position.IsProtected ? own : others)[position.Index].Id);
    }

    private static ImmutableArray<(bool IsProtected, int Index)> ByScore(GoldenVector vector)
    {
        var (others, own) = Scores(vector);
        return FairTopK.Rank(others, own, [.. Enumerable.Repeat(0, others.Count + own.Count)]);
    }

    private static ImmutableArray<(bool IsProtected, int Index)> GermanCredit(GoldenVector vector)
    {
        var (others, own) = Scores(vector);
        return FairTopK.Rank(others, own, FairTopK.Minimums(100, vector.Number("p"), vector.Number("alpha_c")));
    }

    private static (List<double> Others, List<double> Own) Scores(GoldenVector vector)
    {
        var file = Path.Combine(vector.Folder, Path.GetFileName(vector.Input.GetProperty("file").GetString()!));
        var scores = File.ReadLines(file).Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => (
                Score: double.Parse(cells[^2], CultureInfo.InvariantCulture), IsProtected: cells[^1].Trim() == "1"))
            .OrderByDescending(row => row.Score)
            .ToLookup(row => row.IsProtected, row => row.Score);
        return ([.. scores[false]], [.. scores[true]]);
    }

    private static object FinitePool(GoldenVector vector)
    {
        var x = vector.Wholes("x");
        bool[] isProtected = [.. x.Select(bit => bit == 1)];
        return new { value = FinitePoolTest.TooFew(isProtected, x.Length, x.Sum(), vector.Whole("k")) };
    }
}
