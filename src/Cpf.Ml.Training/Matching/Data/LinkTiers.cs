using Cpf.Ml.Scoring.Matching;

namespace Cpf.Ml.Training.Matching.Data;

/// <summary>Tiers of links as files and the command line name them.</summary>
internal static class LinkTiers
{
    public static string NameOf(LinkTier tier) => tier.ToString().ToLowerInvariant();
}
