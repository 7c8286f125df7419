namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>What is tolerated and how little is too little. Not fitted to any data.</summary>
public sealed record AuditSettings : IValidated
{
    /// <summary>Exposure may differ by this share, for doublings and for elasticities alike: the bounds [0.95, 1.05]
    /// that corrections are held to.</summary>
    public double Tolerance { get; init; } = 0.05;

    /// <summary>Forms of a question that mean the same may be answered by rankings with 1 − RBO = 0.05 between
    /// them.</summary>
    public double FormTolerance { get; init; } = 0.05;

    /// <summary>A person's context must not matter at all: this allows for what is not measured exactly.</summary>
    public double ContextTolerance { get; init; } = 0.01;

    /// <summary>Share of false findings among findings, and chance of a false proof of neutrality.</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>Below so many questions, errors by question are too coarse to trust.</summary>
    public int FewestQuestions { get; init; } = 10;

    /// <summary>A group of fewer organisations says more of them than of their kind.</summary>
    public int FewestOrganisations { get; init; } = 5;

    /// <summary>Organisations that are tested one by one: those with the most opportunities.</summary>
    public int MostOrganisations { get; init; } = 20;

    public IEnumerable<string> Validate()
    {
        if (!(Tolerance is > 0 and < 1 && FormTolerance is > 0 and < 1 && ContextTolerance is > 0 and < 1))
        {
            yield return $"Tolerances lie between 0 and 1, were {Tolerance}, {FormTolerance} and {ContextTolerance}.";
        }

        if (Level is not (> 0 and < 0.5))
        {
            yield return $"Level lies between 0 and 0.5, was {Level}.";
        }

        if (FewestQuestions < 2 || FewestOrganisations < 1 || MostOrganisations < 0)
        {
            yield return $"At least 2 questions, 1 organisation of a group and 0 by themselves, "
                + $"were {FewestQuestions}, {FewestOrganisations} and {MostOrganisations}.";
        }
    }
}
