using System.Text.Json.Serialization;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>Tolerances of an audit and the counts below which it does not test. Not fitted to any data.</summary>
public sealed record AuditSettings : IValidated
{
    /// <summary>Relative difference of exposure that is tolerated, for doublings and elasticities alike: the bounds
    /// [0.95, 1.05] that corrections are held to. Default 0.05, in (0, 1).</summary>
    public double Tolerance { get; init; } = 0.05;

    /// <summary>Distance between the rankings of two forms of a question that is tolerated, 1 − RBO. Default 0.05, in
    /// (0, 1).</summary>
    public double FormTolerance { get; init; } = 0.05;

    /// <summary>Distance between the rankings of two contexts that is tolerated: a person's context must not matter,
    /// this allows for what is not measured exactly. Default 0.01, in (0, 1).</summary>
    public double ContextTolerance { get; init; } = 0.01;

    /// <summary>False discovery rate of biases, and chance of a false proof of neutrality. Default 0.05, in (0,
    /// 0.5).</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>Questions below which a line is inconclusive, as errors by question are too coarse. Default 10, at
    /// least 2.</summary>
    [JsonPropertyName("fewestQuestions")]
    public int MinQuestions { get; init; } = 10;

    /// <summary>Organisations on either side below which a group is not tested: fewer say more of themselves than of
    /// their kind. Default 5, at least 1.</summary>
    [JsonPropertyName("fewestOrganisations")]
    public int MinOrganisations { get; init; } = 5;

    /// <summary>Number of organisations that are tested one by one, those with the most opportunities. Default 20, at
    /// least 0.</summary>
    [JsonPropertyName("mostOrganisations")]
    public int MaxOrganisations { get; init; } = 20;

    /// <summary>Every reason why the settings are invalid; empty where they are valid.</summary>
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

        if (MinQuestions < 2 || MinOrganisations < 1 || MaxOrganisations < 0)
        {
            yield return $"At least 2 questions, 1 organisation of a group and 0 by themselves, "
                + $"were {MinQuestions}, {MinOrganisations} and {MaxOrganisations}.";
        }
    }
}
