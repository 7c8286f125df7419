using MathNet.Numerics;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>How rare a quarter's dossiers are, given the quarters before, the season and the field: −log₁₀ of a
/// negative binomial tail.</summary>
/// <remarks>
/// Expected is the quarter before times how its field moved meanwhile, and how it moved itself in the same season a
/// year ago where it was sold then. The spread is that of all certifications around what was expected of them.
/// Reference: Unkel, Farrington, Garthwaite, Robertson and Andrews (2012), <i>Statistical methods for the prospective
/// detection of infectious disease outbreaks</i>.
/// </remarks>
internal static class VolumeSurge
{
    private const int Quarters = 8;

    /// <summary>Dossiers for which one's own season counts as much as the field's.</summary>
    private const double OwnSeason = 30;
    private const double Rarest = 15;

    /// <param name="counts">By certification: its field, and its dossiers by quarter, the last one first; eight of
    /// them.</param>
    /// <returns>By certification; those that were not sold in the two quarters before are left out.</returns>
    public static Dictionary<string, double> Rarity(
        IReadOnlyDictionary<string, (string Field, double[] Quarters)> counts)
    {
        var fields = counts.Values.GroupBy(value => value.Field).ToDictionary(
            field => field.Key, field => Enumerable.Range(0, Quarters)
                .Select(quarter => field.Sum(entry => entry.Quarters[quarter])).ToArray());
        var expected = counts.Where(count => count.Value.Quarters[1] > 0 && count.Value.Quarters[2] > 0)
            .ToDictionary(count => count.Key, count => Expected(count.Value.Quarters, fields[count.Value.Field]));
        var size = Size(expected.Select(entry => (counts[entry.Key].Quarters[0], entry.Value)));
        return expected.ToDictionary(
            entry => entry.Key, entry => Tail(counts[entry.Key].Quarters[0], entry.Value, size));
    }

    private static double Expected(double[] own, double[] field)
    {
        double Move(double[] counts, int from) => Math.Log((counts[from] + 1) / (counts[from + 1] + 1));
        var others = new double[Quarters];
        for (var i = 0; i < Quarters; i++)
        {
            others[i] = field[i] - own[i];
        }

        // Where it was sold a year ago, its own season; a level that swings by chance is half believed.
        var lastYear = Math.Min(own[4], own[5]);
        var weight = lastYear / (lastYear + OwnSeason);
        var now = others[1] > 0 ? Move(others, 0) : 0;
        var level = (own[1] + own[2]) / 2 * Math.Exp(weight > 0 && others[5] > 0
            ? 0.5 * (Move(others, 1) + (weight * (Move(own, 5) - Move(others, 5)))) : 0.5 * Move(others, 1));
        return level * Math.Exp(now + (others[5] > 0 ? weight * (Move(own, 4) - Move(others, 4)) : 0));
    }

    /// <summary>Variance of counts is mean + mean² ÷ size; the median of what certifications show, so that surges do
    /// not hide themselves.</summary>
    private static double Size(IEnumerable<(double Count, double Expected)> all)
    {
        var ratios = all.Where(entry => entry.Expected >= 30)
            .Select(entry => Math.Pow(Math.Log((entry.Count + 1) / (entry.Expected + 1)), 2) - (1 / entry.Expected))
            .Order().ToArray();

        // The median of a squared normal deviation is 0.455 of its mean.
        return ratios.Length == 0 ? 10 : Math.Clamp(0.455 / Math.Max(1e-9, ratios[ratios.Length / 2]), 1, 1000);
    }

    private static double Tail(double count, double expected, double size)
    {
        var p = count < 1 ? 1 : SpecialFunctions.BetaRegularized(count, size, expected / (expected + size));
        return Math.Min(Rarest, -Math.Log10(Math.Max(p, 1e-300)));
    }
}
