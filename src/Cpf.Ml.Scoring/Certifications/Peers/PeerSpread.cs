using Cpf.Ml.Scoring.Certifications.Features;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Cpf.Ml.Scoring.Certifications.Peers;

/// <summary>How values of a feature spread among peers, and how far out another one is.</summary>
internal sealed class PeerSpread
{
    /// <summary>Bound of a distance, in standard deviations: nothing is held to be rarer.</summary>
    public const double MaxDistance = 8;

    /// <summary>Dossiers for which a mean is believed by half.</summary>
    private const double HalfBelieved = 10;

    /// <summary>Bounds of the concentration of a beta prior: small groups estimate it badly.</summary>
    private const double MinConcentration = 8;
    private const double MaxConcentration = 300;
    private const double Trimmed = 0.05;
    private const double MadToDeviation = 1.4826;
    private const double IqrToDeviation = 1.349;

    private readonly Feature _feature;
    private readonly double _centre;
    private readonly double _spread;

    /// <param name="feature">The feature.</param>
    /// <param name="values">Of the peers, with their dossiers; at least one.</param>
    public PeerSpread(Feature feature, IReadOnlyList<(double Value, double Count)> values)
    {
        _feature = feature;
        (_centre, _spread) = feature.Kind == FeatureKind.Share ? Beta(values)
            : Robust([.. values.Select(value => Scale(value.Value)).Order()], feature.MinSpread);
        var sorted = values.Select(value => value.Value).Order().ToArray();
        (Low, Median, High) = (Quantile(sorted, 0.05), Quantile(sorted, 0.5), Quantile(sorted, 0.95));
        Count = sorted.Length;
    }

    public int Count { get; }

    /// <summary>5 % of the peers are below.</summary>
    public double Low { get; }

    public double Median { get; }

    /// <summary>5 % of the peers are above.</summary>
    public double High { get; }

    /// <summary>How far out towards the suspicious side, in standard deviations of what so many dossiers of an ordinary
    /// peer would show; at most <see cref="MaxDistance"/> either way.</summary>
    public double Distance(double value, double count)
    {
        if (_feature.Kind == FeatureKind.Share)
        {
            return Clamp(_feature.Direction > 0 ? ShareAbove(value, count) : -ShareAbove(value, count));
        }

        // A mean of few dossiers is drawn towards its peers.
        var believed = Math.Sqrt(count / (count + HalfBelieved));
        return Clamp(_feature.Direction * believed * (Scale(value) - _centre) / _spread);
    }

    /// <summary>A beta-binomial tail by a beta of the same mean and variance, as a normal deviate.</summary>
    private double ShareAbove(double value, double count)
    {
        var correlation = 1 / (_spread + 1);
        var concentration = Math.Max(1e-3, (count / (1 + ((count - 1) * correlation))) - 1);
        var (a, b) = (_centre * concentration, (1 - _centre) * concentration);

        // Half a dossier either way: counts are whole.
        var above = 1 - SpecialFunctions.BetaRegularized(a, b, Math.Clamp(value - (0.5 / count), 0, 1));
        var below = SpecialFunctions.BetaRegularized(a, b, Math.Clamp(value + (0.5 / count), 0, 1));
        return above < below ? -Deviate(above) : Deviate(below);
    }

    private static double Deviate(double tail) => Normal.InvCDF(0, 1, Math.Clamp(tail, 1e-16, 0.5));

    private static double Clamp(double distance) => Math.Clamp(distance, -MaxDistance, MaxDistance);

    private double Scale(double value) => _feature.Kind == FeatureKind.Ratio ? Math.Log(Math.Max(value, 1e-6)) : value;

    /// <summary>Median, and its median absolute deviation; the interquartile range where that is nothing.</summary>
    private static (double Centre, double Spread) Robust(double[] sorted, double least)
    {
        var median = Quantile(sorted, 0.5);
        var mad = MadToDeviation * Quantile([.. sorted.Select(value => Math.Abs(value - median)).Order()], 0.5);
        return (median,
            Math.Max(least, mad > 0 ? mad : (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / IqrToDeviation));
    }

    /// <summary>Mean and concentration of a beta prior by moments, without the outer twentieth at each side: a fraud
    /// must not make its peers look like it.</summary>
    private static (double Centre, double Spread) Beta(IReadOnlyList<(double Value, double Count)> values)
    {
        var cut = (int)(Trimmed * values.Count);
        var kept = values.OrderBy(value => value.Value).Skip(cut).Take(values.Count - (2 * cut)).ToList();
        var all = kept.Sum(entry => Weight(entry.Count));
        var mean = (kept.Sum(entry => Weight(entry.Count) * entry.Value) + 0.5) / (all + 1);
        var variance = kept.Sum(entry => Weight(entry.Count) * Math.Pow(entry.Value - mean, 2)) / Math.Max(1e-9, all);
        var sampling = mean * (1 - mean) * kept.Count / Math.Max(1e-9, kept.Sum(entry => entry.Count));

        // Trimming removes about a third of the variance of a normal distribution.
        var between = Math.Max(1e-9, ((cut > 0 ? 1.5 : 1) * variance) - sampling);
        return (mean, Math.Clamp((mean * (1 - mean) / between) - 1, MinConcentration, MaxConcentration));
    }

    /// <summary>Beyond a hundred dossiers a certification is one example of its peers.</summary>
    private static double Weight(double count) => Math.Min(count, 100);

    private static double Quantile(double[] sorted, double share)
    {
        var index = share * (sorted.Length - 1);
        var low = (int)index;
        return low + 1 < sorted.Length ? sorted[low] + ((index - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }
}
