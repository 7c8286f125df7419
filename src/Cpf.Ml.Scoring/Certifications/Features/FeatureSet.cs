using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>The features of every certification at a date.</summary>
/// <param name="Cutoff">Nothing of this day or later was read.</param>
/// <param name="Days">Length in days of the window before the cut-off, unless a feature has its own.</param>
/// <param name="Certifications">The certifications, in ascending order of their ids.</param>
/// <param name="Values">Values by feature id: one element a certification, in the feature's unit, NaN where it is not
/// computable.</param>
/// <param name="Counts">Number of dossiers behind each value, by feature id; NaN where there is no value.</param>
/// <param name="Known">Announced events that explain a change, in French, by certification and family of
/// features.</param>
/// <param name="Missing">Tables and columns that the data do not have: features that need them are not computable for
/// anybody.</param>
public sealed record FeatureSet(
    DateOnly Cutoff, int Days, ImmutableArray<MeasuredCertification> Certifications,
    IReadOnlyDictionary<string, double[]> Values, IReadOnlyDictionary<string, double[]> Counts,
    IReadOnlyDictionary<(string Certification, string Family), string> Known, ImmutableHashSet<string> Missing)
{
    /// <summary>Ids of the features that are computable for nobody, for want of data.</summary>
    public ImmutableArray<string> NotComputable { get; } =
        [.. FeatureCatalogue.All.Where(feature => feature.Needs.Any(Missing.Contains)).Select(feature => feature.Id)];

    private static readonly JsonSerializerOptions Json =
        new()
        {
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true
        };

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">A JSON document, UTF-8.</param>
    /// <returns>An equal set.</returns>
    /// <exception cref="JsonException">It was not written by <see cref="Write"/>, or lacks a feature of this
    /// program.</exception>
    public static FeatureSet Read(ReadOnlySpan<byte> json)
    {
        var kept = JsonSerializer.Deserialize<Kept>(json, Json) ?? throw new JsonException("null");
        var columns = kept.Values.Values.Concat(kept.Counts.Values);
        return kept.Certifications.IsDefault
            || columns.Any(column => column.Length != kept.Certifications.Length) || FeatureCatalogue.All.Any(
                feature => !kept.Values.ContainsKey(feature.Id) || !kept.Counts.ContainsKey(feature.Id))
            ? throw new JsonException("a feature has no value for each certification.")
            : new FeatureSet(kept.Cutoff, kept.Days, kept.Certifications, kept.Values, kept.Counts,
                kept.Known.ToDictionary(reason => (reason.Certification, reason.Family), reason => reason.Reason),
                [.. kept.Missing]);
    }

    /// <summary>Writes the set as a JSON document, for scoring on other days of the same month.</summary>
    /// <returns>UTF-8; the same set gives the same bytes.</returns>
    public byte[] Write() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Kept(Cutoff, Days, Certifications, Values.ToDictionary(), Counts.ToDictionary(), [.. Known.Select(
                entry => new KnownReason(entry.Key.Certification, entry.Key.Family, entry.Value))], [.. Missing]),
                Json);

    private sealed record Kept(
        DateOnly Cutoff,
        int Days, ImmutableArray<MeasuredCertification> Certifications, Dictionary<string, double[]> Values,
        Dictionary<string, double[]> Counts, ImmutableArray<KnownReason> Known, ImmutableArray<string> Missing);

    private sealed record KnownReason(string Certification, string Family, string Reason);
}

/// <summary>A certification with its sales in the window.</summary>
/// <param name="Id">Code: RNCP or RS and a number.</param>
/// <param name="Title">Official title, in French.</param>
/// <param name="Register">RNCP or RS.</param>
/// <param name="Nsf">Field of training, NSF code of three digits.</param>
/// <param name="Level">European level, 1 to 8; null in the RS.</param>
/// <param name="CertifierId">Id of who awards it.</param>
/// <param name="Modality">How most of its dossiers are taught: onsite, remote or mixed.</param>
/// <param name="Dossiers">Number of dossiers in the window.</param>
/// <param name="Euros">EUR of these dossiers.</param>
public sealed record MeasuredCertification(
    string Id, string Title,
    string Register, string Nsf, int? Level, string CertifierId, string Modality, long Dossiers, double Euros);
