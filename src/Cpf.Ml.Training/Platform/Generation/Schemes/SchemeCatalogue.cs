using System.Collections.Immutable;
using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>Every scheme that a world may have.</summary>
internal static class SchemeCatalogue
{
    /// <summary>Twelve frauds.</summary>
    public static ImmutableArray<Scheme> Frauds { get; } =
    [
        new AccountDraining(), new ShellOrganisations(),
        new ComplicitLearners(), new PriceTailoredToBalance(), new Shrinkflation(), new TitleMisuse(),
        new NoHabilitation(), new CascadeSubcontracting(),
        new CertificateMill(), new NoExamination(), new PhantomElearning(), new PhoenixNetwork(),
    ];

    /// <summary>Ten situations that are as they should be.</summary>
    public static ImmutableArray<Scheme> Legitimate { get; } =
    [
        new SurgeByLaw(),
        new FastLaunch(), new MonopolyCertifier(), new ExpensiveNiche(), new TinyOrganisation(), new BunchingAtCap(),
        new GenuinePassRate(), new EntryErrors(), new SeasonalPeak(), new RemoteLanguages(),
    ];
}
