using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>The three sets of features that a score is computed from.</summary>
/// <param name="Quarter">Features of 90 days: long enough that most certifications have dossiers.</param>
/// <param name="Month">Features of the same certifications over the last 30 days.</param>
/// <param name="YearBefore">Features of the quarter that ended a year before the month began: it changes once a month
/// and may be kept until then.</param>
public sealed record CertificationMeasures(FeatureSet Quarter, FeatureSet Month, FeatureSet YearBefore)
{
    /// <summary>Length of the quarter, in days.</summary>
    public const int DaysOfQuarter = 90;

    /// <summary>Length of the month, in days.</summary>
    public const int DaysOfMonth = 30;

    /// <summary>Measures all features at a date.</summary>
    /// <param name="data">Platform data; temporary tables are made in its connection.</param>
    /// <param name="cutoff">Nothing of this day or later is read.</param>
    /// <param name="kept">The year before of an earlier measurement, used where it is that of the same month; null for
    /// none.</param>
    /// <returns>The three sets.</returns>
    public static CertificationMeasures At(PlatformData data, DateOnly cutoff, FeatureSet? kept = null)
    {
        var begin = new DateOnly(cutoff.Year, cutoff.Month, 1).AddYears(-1);
        var before = kept?.Cutoff == begin ? kept : FeatureQuery.Measure(data, begin, DaysOfQuarter);
        var month = FeatureQuery.Measure(data, cutoff, DaysOfMonth);
        return new(FeatureQuery.Measure(data, cutoff, DaysOfQuarter), month, before);
    }
}
