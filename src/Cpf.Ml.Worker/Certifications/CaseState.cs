namespace Cpf.Ml.Worker.Certifications;

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>Waits to be read.</summary>
    Open,

    /// <summary>Put aside until a date, from which on it is open again.</summary>
    Snoozed,

    /// <summary>Decided by one reader, waits for a second one.</summary>
    Proposed,

    Closed,
}

/// <summary>Why a certification was chosen to be read.</summary>
public enum CaseOrigin
{
    /// <summary>Most harm is expected.</summary>
    Top,

    /// <summary>The evidence is evenly balanced.</summary>
    Uncertain,

    /// <summary>Drawn at random; its reasons stay hidden until somebody has given an opinion.</summary>
    Random,
}

/// <summary>What a controller decided.</summary>
public enum CaseOutcome
{
    /// <summary>Serious indications.</summary>
    Serious,

    /// <summary>Information is missing.</summary>
    Insufficient,

    /// <summary>Nothing found.</summary>
    Nothing,
}
