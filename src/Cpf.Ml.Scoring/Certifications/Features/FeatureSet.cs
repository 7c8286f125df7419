using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>What was measured of every certification at a date.</summary>
/// <param name="Cutoff">Nothing of this day or later was looked at.</param>
/// <param name="Days">Of dossiers before it that were, unless a feature says otherwise.</param>
/// <param name="Certifications">In order of their ids.</param>
/// <param name="Values">By feature: one a certification, NaN where it is not computable.</param>
/// <param name="Counts">By feature: dossiers behind each value.</param>
/// <param name="Known">What explains a change beforehand, by certification and family of features.</param>
/// <param name="Missing">What the data do not have: features that need it are not computable for anybody.</param>
public sealed record FeatureSet(
    DateOnly Cutoff, int Days, ImmutableArray<MeasuredCertification> Certifications,
    IReadOnlyDictionary<string, double[]> Values, IReadOnlyDictionary<string, double[]> Counts,
    IReadOnlyDictionary<(string Certification, string Family), string> Known, ImmutableHashSet<string> Missing)
{
    /// <summary>Features that nobody has, for want of data.</summary>
    public ImmutableArray<string> NotComputable { get; } =
        [.. FeatureCatalogue.All.Where(feature => feature.Needs.Any(Missing.Contains)).Select(feature => feature.Id)];

    private static readonly JsonSerializerOptions Json =
        new()
        {
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true
        };

    /// <exception cref="JsonException">It was not written by <see cref="Write"/>.</exception>
    public static FeatureSet Read(ReadOnlySpan<byte> json)
    {
        var kept = JsonSerializer.Deserialize<Kept>(json, Json) ?? throw new JsonException("null");
        var columns = kept.Values.Values.Concat(kept.Counts.Values);
        return kept.Certifications.IsDefault
            || columns.Any(column => column.Length != kept.Certifications.Length) || FeatureCatalogue.All.Any(
                feature => !kept.Values.ContainsKey(feature.Id) || !kept.Counts.ContainsKey(feature.Id))
            ? throw new JsonException("a feature has no value for each certification.")
            : new FeatureSet(kept.Cutoff, kept.Days, kept.Certifications, kept.Values, kept.Counts,
                kept.Known.ToDictionary(one => (one.Certification, one.Family), one => one.Reason), [.. kept.Missing]);
    }

    public byte[] Write() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Kept(Cutoff, Days, Certifications, Values.ToDictionary(), Counts.ToDictionary(), [.. Known.Select(
                one => new KnownReason(one.Key.Certification, one.Key.Family, one.Value))], [.. Missing]), Json);

    private sealed record Kept(
        DateOnly Cutoff,
        int Days, ImmutableArray<MeasuredCertification> Certifications, Dictionary<string, double[]> Values,
        Dictionary<string, double[]> Counts, ImmutableArray<KnownReason> Known, ImmutableArray<string> Missing);

    private sealed record KnownReason(string Certification, string Family, string Reason);
}

/// <param name="Modality">How most of its dossiers are taught: onsite, remote or mixed.</param>
/// <param name="Dossiers">Of these days.</param>
/// <param name="Euros">Of these days.</param>
public sealed record MeasuredCertification(
    string Id, string Title,
    string Register, string Nsf, int? Level, string CertifierId, string Modality, long Dossiers, double Euros);
