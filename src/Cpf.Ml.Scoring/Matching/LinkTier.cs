namespace Cpf.Ml.Scoring.Matching;

/// <summary>Where a link between a certification and a job comes from, the surest first.</summary>
public enum LinkTier
{
    /// <summary>Its certifier declares it in the register.</summary>
    Declared,

    /// <summary>The certification that it replaces declares it.</summary>
    Predecessor,

    /// <summary>Certifications of the same contents (formacode) declare it.</summary>
    Graph,

    /// <summary>Certifications that are most like it declare it.</summary>
    Siblings,

    /// <summary>Words alone.</summary>
    Text,
}
