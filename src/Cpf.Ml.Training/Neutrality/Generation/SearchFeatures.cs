using System.Collections.Concurrent;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Neutrality.Generation;

/// <summary>
/// What an imagined engine knows of an offer for a query. The first three make it relevant, none without the others;
/// the last is popularity under another name.
/// </summary>
/// <param name="Match">How well words match, in [0, 1].</param>
/// <param name="DistanceKm">To where the person asked.</param>
/// <param name="StartsInDays">Until the next session.</param>
/// <param name="PastOrders">Of the offer, logarithm.</param>
internal sealed record SearchFeatures(double Match, double DistanceKm, double StartsInDays, double PastOrders)
{
    private const int Drawn = 100_000;

    private static readonly ConcurrentDictionary<(int Grades, bool IsWords), double[]> Borders = [];

    public IEnumerable<(string Name, double Value)> Named => [("distance_km", DistanceKm),
        ("past_orders", PastOrders), ("starts_in_days", StartsInDays), ("text_match", Match)];

    /// <summary>Features that together are worth a grade: drawn until they are.</summary>
    /// <param name="grade">1 to <paramref name="grades"/>.</param>
    public static SearchFeatures Draw(Random random, int grade, int grades, double popularity)
    {
        var borders = BordersOf(grades, isWords: false);
        while (true)
        {
            var features = Any(random) with { PastOrders = Math.Round(Math.Log(1 + popularity), 2) };
            if (GradeOf(borders, features.Worth) == grade)
            {
                return features;
            }
        }
    }

    /// <summary>
    /// Grade by the match of words alone, 1 to <paramref name="grades"/>, each as frequent as the others.
    /// </summary>
    public int WordGrade(int grades) => GradeOf(BordersOf(grades, isWords: true), Match);

    private double Worth =>
        Match * (0.4 + (0.6 * Math.Exp(-DistanceKm / 40))) * (0.6 + (0.4 * Math.Exp(-StartsInDays / 45)));

    private static SearchFeatures Any(Random random) =>
        new(Math.Round(Math.Sqrt(random.NextDouble()), 2), Math.Round(random.Exponential(35)), random.Next(1, 180), 0);

    private static double[] BordersOf(int grades, bool isWords) => Borders.GetOrAdd((grades, isWords), key =>
    {
        var random = new Random(5);
        var sorted = Enumerable.Range(0, Drawn)
            .Select(_ => Any(random))
            .Select(features => key.IsWords ? features.Match : features.Worth).Order().ToArray();
        return [.. Enumerable.Range(1, key.Grades - 1).Select(i => sorted[(long)i * Drawn / key.Grades])];
    });

    private static int GradeOf(double[] borders, double value) => 1 + borders.Count(border => value > border);
}
