using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Certifications.Evidence;

/// <summary>What speaks against each certification, feature by feature, without any label: in the dossiers of a
/// quarter, and in those of the last month, where what has just begun is not diluted by what was before.</summary>
public sealed class CertificationEvidence
{
    /// <summary>Name and version of how evidence is weighed: another one, and the same data are scored anew.</summary>
    public const string Model = "certification-evidence@3";

    /// <summary>Looking twice finds the rare twice as often: −ln of a half.</summary>
    private const double SecondLook = 0.693;

    private static readonly HashSet<string> OwnWindow =
        [.. FeatureCatalogue.All.Where(feature => feature.HasOwnWindow).Select(feature => feature.Id)];

    private readonly WindowEvidence _quarter;
    private readonly WindowEvidence _month;
    private readonly Dictionary<string, double[]> _before = [];

    public CertificationEvidence(CertificationMeasures measures)
    {
        (_quarter, _month) = (new WindowEvidence(measures.Quarter, measures.YearBefore),
            new WindowEvidence(measures.Month, measures.YearBefore));
        var places = measures.YearBefore.Certifications.Index().ToDictionary(one => one.Item.Id, one => one.Index);
        foreach (var feature in FeatureCatalogue.All)
        {
            _before[feature.Id] = [.. measures.Quarter.Certifications.Select(one => places.TryGetValue(
                one.Id, out var before) ? measures.YearBefore.Values[feature.Id][before] : double.NaN)];
        }
    }

    /// <summary>Of the quarter.</summary>
    public PeerComparison Peers => _quarter.Peers;

    /// <returns>−ln of how rare it is, from 0 (nothing) to 15; 20 where a law is broken.</returns>
    public double Of(string feature, int certification) =>
        Math.Max(_quarter.Of(feature, certification), OfMonth(feature, certification));

    /// <summary>The window that says most of a feature: the quarter, or the last month.</summary>
    public PeerComparison Telling(string feature, int certification) =>
        (IsOfMonth(feature, certification) ? _month : _quarter).Peers;

    /// <returns>The value a year before; NaN where it is not known.</returns>
    public double Before(string feature, int certification) => _before[feature][certification];

    private bool IsOfMonth(string feature, int certification) =>
        OfMonth(feature, certification) > _quarter.Of(feature, certification);

    private double OfMonth(string feature, int certification) =>
        OwnWindow.Contains(feature) ? 0 : _month.Of(feature, certification) - SecondLook;
}
