using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Certifications.Evidence;

/// <summary>The evidence against each certification, feature by feature, without any label: in the dossiers of a
/// quarter, and in those of the last month, where what has just begun is not diluted by what was before.</summary>
/// <remarks>Methods take the index of a certification in <see cref="FeatureSet.Certifications"/> of the quarter, and
/// throw a <see cref="KeyNotFoundException"/> for a feature that is not in the catalogue.</remarks>
public sealed class CertificationEvidence
{
    /// <summary>Name and version of how evidence is weighed. With another version the same data are scored again, and
    /// models that were trained on it are refused.</summary>
    public const string Model = "certification-evidence@3";

    /// <summary>Two windows find the rare twice as often (Bonferroni): −ln of a half.</summary>
    private const double SecondLook = 0.693;

    private static readonly HashSet<string> OwnWindow =
        [.. FeatureCatalogue.All.Where(feature => feature.HasOwnWindow).Select(feature => feature.Id)];

    private readonly WindowEvidence _quarter;
    private readonly WindowEvidence _month;
    private readonly Dictionary<string, double[]> _before = [];

    /// <summary>Compares every certification with its peers and with its own past.</summary>
    /// <param name="measures">Features of the quarter, of the month, and of the year before.</param>
    public CertificationEvidence(CertificationMeasures measures)
    {
        (_quarter, _month) = (new WindowEvidence(measures.Quarter, measures.YearBefore),
            new WindowEvidence(measures.Month, measures.YearBefore));
        var indexes = measures.YearBefore.Certifications.Index()
            .ToDictionary(certification => certification.Item.Id, certification => certification.Index);
        foreach (var feature in FeatureCatalogue.All)
        {
            _before[feature.Id] = [.. measures.Quarter.Certifications.Select(certification => indexes.TryGetValue(
                certification.Id, out var before) ? measures.YearBefore.Values[feature.Id][before] : double.NaN)];
        }
    }

    /// <summary>Every certification among its peers, in the dossiers of the quarter.</summary>
    public PeerComparison Peers => _quarter.Peers;

    /// <summary>How rare the value of a feature is, in the window where it is rarer.</summary>
    /// <param name="feature">Id of the feature.</param>
    /// <param name="certification">Index of the certification.</param>
    /// <returns>−ln of the share of certifications that are as far out, from 0 (no evidence) to 15; 20 where a law is
    /// broken.</returns>
    public double Surprisal(string feature, int certification) =>
        Math.Max(_quarter.Surprisal(feature, certification), MonthSurprisal(feature, certification));

    /// <summary>The window in which a feature has more evidence: the quarter, or the last month.</summary>
    /// <param name="feature">Id of the feature.</param>
    /// <param name="certification">Index of the certification.</param>
    /// <returns>The comparison of that window.</returns>
    public PeerComparison StrongestWindow(string feature, int certification) =>
        (IsOfMonth(feature, certification) ? _month : _quarter).Peers;

    /// <summary>The value of a feature in the quarter a year before.</summary>
    /// <param name="feature">Id of the feature.</param>
    /// <param name="certification">Index of the certification.</param>
    /// <returns>In the feature's unit; NaN where it is not known.</returns>
    public double YearBefore(string feature, int certification) => _before[feature][certification];

    private bool IsOfMonth(string feature, int certification) =>
        MonthSurprisal(feature, certification) > _quarter.Surprisal(feature, certification);

    private double MonthSurprisal(string feature, int certification) =>
        OwnWindow.Contains(feature) ? 0 : _month.Surprisal(feature, certification) - SecondLook;
}
