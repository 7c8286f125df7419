using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Scoring.Certifications.Peers;

/// <summary>Certifications that one is compared with.</summary>
/// <param name="Name">What they have in common, for people.</param>
/// <param name="Members">Places in <see cref="FeatureSet.Certifications"/>.</param>
public sealed record PeerGroup(Text Name, ImmutableArray<int> Members)
{
    /// <summary>Of fewer, quantiles say nothing.</summary>
    public const int LeastMembers = 8;

    /// <summary>The narrowest group with enough members: register, field, level and modality; register and field;
    /// field; register; all.</summary>
    /// <param name="set">What was measured.</param>
    /// <param name="isWarm">By place: enough dossiers to be compared with.</param>
    /// <returns>One a certification.</returns>
    public static PeerGroup[] Of(FeatureSet set, bool[] isWarm)
    {
        Func<MeasuredCertification, (string Key, Text Name)>[] levels =
        [
            one => ($"{one.Register}|{one.Nsf}|{one.Level}|{one.Modality}",
                new($"{one.Register}, domaine {one.Nsf}, {LevelFr(one)}, {ModalityFr(one)}",
                    $"{one.Register}, field {one.Nsf}, {LevelEn(one)}, {ModalityEn(one)}")),
            one => ($"{one.Register}|{one.Nsf}",
                new($"{one.Register}, domaine {one.Nsf}", $"{one.Register}, field {one.Nsf}")),
            one => (one.Nsf, new($"domaine {one.Nsf}", $"field {one.Nsf}")),
            one => (one.Register, new($"{one.Register}", $"{one.Register}")),
            _ => (string.Empty, new("toutes les certifications", "all certifications")),
        ];
        var groups = levels.Select(
            level => set.Certifications.Index().Where(one => isWarm[one.Index]).GroupBy(one => level(one.Item).Key)
            .ToDictionary(group => group.Key,
                group => new PeerGroup(level(group.First().Item).Name, [.. group.Select(one => one.Index)]))).ToList();
        return [.. set.Certifications.Select(one => levels.Zip(groups)
            .Select(level => level.Second.GetValueOrDefault(level.First(one).Key))
            .FirstOrDefault(group => group?.Members.Length >= LeastMembers) ?? new PeerGroup(
                levels[^1](one).Name, [.. Enumerable.Range(0, isWarm.Length).Where(place => isWarm[place])]))];
    }

    private static string LevelFr(MeasuredCertification one) =>
        one.Level is { } level ? $"niveau {level}" : "sans niveau";

    private static string LevelEn(MeasuredCertification one) => one.Level is { } level ? $"level {level}" : "no level";

    private static string ModalityFr(MeasuredCertification one) =>
        one.Modality switch { "remote" => "à distance", "mixed" => "mixte", _ => "sur place" };

    private static string ModalityEn(MeasuredCertification one) =>
        one.Modality switch { "remote" => "remote", "mixed" => "mixed", _ => "on site" };
}
