namespace Cpf.Ml.Scoring;

/// <summary>The questions that Cpf.Ml answers; each is a folder of the same name in every project.</summary>
public enum Capability
{
    Matching,
    Certifications,
    Transactions,
    Neutrality,
    Funding,
}
