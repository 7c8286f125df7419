namespace Cpf.Ml.Worker.Access;

/// <summary>What a caller may do. Each name is a claim of tokens and accounts, and the authorisation policy that asks
/// for it.</summary>
internal static class Scopes
{
    /// <summary>Send metrics and transactions.</summary>
    public const string Ingest = "ingest";

    /// <summary>See incidents, series and the state of the service.</summary>
    public const string Read = "read";

    /// <summary>Act on incidents: acknowledge, assign, silence, comment, judge, send again, set the alert
    /// budget.</summary>
    public const string Operate = "operate";

    /// <summary>Manage accounts and tokens, read the audit log.</summary>
    public const string Administer = "administer";

    /// <summary>See and decide cases of suspicious certifications.</summary>
    public const string Control = "control";

    /// <summary>Search certifications by job and keep perimeters of funding.</summary>
    public const string Fund = "fund";

    /// <summary>See audits of the search engine's neutrality.</summary>
    public const string Audit = "audit";

    /// <summary>Have answers of a search engine re-ranked.</summary>
    public const string Rerank = "rerank";

    public static IReadOnlyList<string> All { get; } = [Ingest,
        Read, Operate, Administer, Control, Fund, Audit, Rerank];
}
