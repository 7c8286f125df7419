using System.Collections.Immutable;

namespace Cpf.Ml.Training.Platform.Generation.Worlds;

/// <summary>What world to make.</summary>
internal sealed record GeneratorOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>On sale; the platform has 3 400.</summary>
    public int Certifications { get; init; } = 3400;

    /// <summary>Over all months, ordinary ones; what frauds sell comes on top.</summary>
    public int Purchases { get; init; } = 1_000_000;

    /// <summary>Up to <see cref="End"/>; at least 15, so that a year can be compared with the one before.</summary>
    public int Months { get; init; } = 30;

    /// <summary>Share of certifications with a fraud: 1.5 %, sensitivity 0.5 to 5 %.</summary>
    public double Prevalence { get; init; } = 0.015;

    /// <summary>Share of certifications for each of the ten legitimate situations that look suspicious.</summary>
    public double HardNegatives { get; init; } = 0.006;

    /// <summary>Frauds to choose from, by their ids; null, the default, is all of them.</summary>
    public ImmutableArray<string>? Typologies { get; init; }

    /// <summary>Day after the last one.</summary>
    public DateOnly End { get; init; } = new(2026, 7, 1);

    public DateOnly Begin => End.AddMonths(-Months);
}
