namespace Cpf.Ml.Scoring.Alerts;

/// <summary>The words in which people read about the alerts of a capability.</summary>
public static class CapabilityWords
{
    /// <summary>Name of the capability, as menus and filters show it: «Neutralité».</summary>
    /// <param name="capability">The capability that raised the alert.</param>
    public static Text Name(Capability capability) => capability switch
    {
        Capability.Matching => new("Métiers et certifications", "Jobs and certifications"),
        Capability.Certifications => new("Certifications", "Certifications"),
        Capability.Transactions => new("Transactions", "Transactions"),
        Capability.Neutrality => new("Neutralité", "Neutrality"),
        _ => new("Financement", "Funding"),
    };

    /// <summary>What one alert is about: a series of a metric, or a comparison of an audit. Feminine in
    /// French.</summary>
    /// <param name="capability">The capability that raised the alert.</param>
    public static Text Subject(Capability capability) => capability == Capability.Neutrality
        ? new("comparaison", "comparison")
        : new("série", "series");

    /// <summary>The plural of <see cref="Subject"/>.</summary>
    /// <param name="capability">The capability that raised the alerts.</param>
    public static Text Subjects(Capability capability) => capability == Capability.Neutrality
        ? new("comparaisons", "comparisons")
        : new("séries", "series");
}
