using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>All that a score is made of.</summary>
/// <param name="Quarter">Dossiers of 90 days: long enough that most certifications have some.</param>
/// <param name="Month">The same certifications, dossiers of the last 30 days.</param>
/// <param name="YearBefore">The quarter that ended a year before the month began: it changes once a month and may be
/// kept until then.</param>
public sealed record CertificationMeasures(FeatureSet Quarter, FeatureSet Month, FeatureSet YearBefore)
{
    public const int DaysOfQuarter = 90;
    public const int DaysOfMonth = 30;

    /// <param name="cutoff">Nothing of this day or later is looked at.</param>
    /// <param name="kept">The year before of an earlier day, which is taken where it is that of this month; null for
    /// none.</param>
    public static CertificationMeasures At(PlatformData data, DateOnly cutoff, FeatureSet? kept = null)
    {
        var begin = new DateOnly(cutoff.Year, cutoff.Month, 1).AddYears(-1);
        var before = kept?.Cutoff == begin ? kept : FeatureQuery.Measure(data, begin, DaysOfQuarter);
        var month = FeatureQuery.Measure(data, cutoff, DaysOfMonth);
        return new(FeatureQuery.Measure(data, cutoff, DaysOfQuarter), month, before);
    }
}
