namespace Cpf.Ml.Scoring;

/// <summary>The capabilities of Cpf.Ml; each is a folder of the same name in every project.</summary>
public enum Capability
{
    /// <summary>Links certifications and jobs.</summary>
    Matching,

    /// <summary>Scores certifications for suspicious activity.</summary>
    Certifications,

    /// <summary>Detects anomalies in the platform's metrics and transactions.</summary>
    Transactions,

    /// <summary>Audits the ranking of the platform's search engine.</summary>
    Neutrality,

    /// <summary>Simulates co-funding policies.</summary>
    Funding,
}
