using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Scoring.Certifications.Peers;

/// <summary>Certifications that are compared with each other.</summary>
/// <param name="Name">What they have in common, for people.</param>
/// <param name="Members">Indexes in <see cref="FeatureSet.Certifications"/>, ascending.</param>
public sealed record PeerGroup(Text Name, ImmutableArray<int> Members)
{
    /// <summary>Members of a group at least: quantiles of fewer mean nothing.</summary>
    public const int MinMembers = 8;

    /// <summary>Finds the narrowest group with enough members for each certification: register, field, level and
    /// modality; register and field; field; register; all.</summary>
    /// <param name="set">Features of a window.</param>
    /// <param name="isWarm">Whether each certification, in the order of the set, has enough dossiers to be a
    /// peer.</param>
    /// <returns>One element a certification, in the order of the set.</returns>
    public static PeerGroup[] Build(FeatureSet set, bool[] isWarm)
    {
        Func<MeasuredCertification, (string Key, Text Name)>[] levels =
        [
            certification =>
                ($"{certification.Register}|{certification.Nsf}|{certification.Level}|{certification.Modality}",
                new($"{certification.Register}, "
                    + $"domaine {certification.Nsf}, {LevelFr(certification)}, {ModalityFr(certification)}",
                    $"{certification.Register}, "
                        + $"field {certification.Nsf}, {LevelEn(certification)}, {ModalityEn(certification)}")),
            certification => ($"{certification.Register}|{certification.Nsf}",
                new($"{certification.Register}, domaine {certification.Nsf}",
                    $"{certification.Register}, field {certification.Nsf}")),
            certification => (certification.Nsf, new($"domaine {certification.Nsf}", $"field {certification.Nsf}")),
            certification => (certification.Register, new($"{certification.Register}", $"{certification.Register}")),
            _ => (string.Empty, new("toutes les certifications", "all certifications")),
        ];
        var groups = levels.Select(
            level => set.Certifications.Index().Where(certification => isWarm[certification.Index])
                .GroupBy(certification => level(certification.Item).Key)
            .ToDictionary(group => group.Key,
                group => new PeerGroup(level(group.First().Item).Name, [.. group.Select(entry => entry.Index)])))
                .ToList();
        return [.. set.Certifications.Select(certification => levels.Zip(groups)
            .Select(level => level.Second.GetValueOrDefault(level.First(certification).Key))
            .FirstOrDefault(group => group?.Members.Length >= MinMembers) ?? new PeerGroup(
                levels[^1](certification).Name,
                [.. Enumerable.Range(0, isWarm.Length).Where(index => isWarm[index])]))];
    }

    private static string LevelFr(MeasuredCertification certification) =>
        certification.Level is { } level ? $"niveau {level}" : "sans niveau";

    private static string LevelEn(MeasuredCertification certification) =>
        certification.Level is { } level ? $"level {level}" : "no level";

    private static string ModalityFr(MeasuredCertification certification) =>
        certification.Modality switch { "remote" => "à distance", "mixed" => "mixte", _ => "sur place" };

    private static string ModalityEn(MeasuredCertification certification) =>
        certification.Modality switch { "remote" => "remote", "mixed" => "mixed", _ => "on site" };
}
