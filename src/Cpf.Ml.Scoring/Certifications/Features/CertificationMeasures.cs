using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>All that a score is made of.</summary>
/// <param name="Quarter">Dossiers of 90 days: long enough that most certifications have some.</param>
/// <param name="Month">The same certifications, dossiers of the last 30 days.</param>
/// <param name="YearBefore">The quarter that ended a year before.</param>
public sealed record CertificationMeasures(FeatureSet Quarter, FeatureSet Month, FeatureSet YearBefore)
{
    public const int DaysOfQuarter = 90;
    public const int DaysOfMonth = 30;

    /// <param name="cutoff">Nothing of this day or later is looked at.</param>
    public static CertificationMeasures At(PlatformData data, DateOnly cutoff)
    {
        var before = FeatureQuery.Measure(data, cutoff.AddYears(-1), DaysOfQuarter);
        var month = FeatureQuery.Measure(data, cutoff, DaysOfMonth);
        return new(FeatureQuery.Measure(data, cutoff, DaysOfQuarter), month, before);
    }
}
