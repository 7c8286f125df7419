namespace Cpf.Ml.Worker.Access;

/// <summary>Roles of accounts. An account has one role or more.</summary>
internal static class Roles
{
    /// <summary>Watches the platform and handles incidents.</summary>
    public const string Operator = "operator";

    /// <summary>Looks for fraud; sees nothing of the platform's operation.</summary>
    public const string Controller = "controller";

    /// <summary>Looks for certifications; sees nothing of the platform's operation.</summary>
    public const string Funder = "funder";

    /// <summary>Reads, and changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>May do everything but look into cases of certifications.</summary>
    public const string Administrator = "administrator";

    public static IReadOnlyList<string> All { get; } = [Operator, Controller, Funder, Auditor, Administrator];

    /// <summary>The scopes that a role brings.</summary>
    public static IReadOnlyList<string> ScopesOf(string role) => role switch
    {
        Operator => [Scopes.Read, Scopes.Operate],
        Auditor => [Scopes.Read, Scopes.Audit],
        Controller => [Scopes.Control],
        Funder => [Scopes.Fund],

        // Cases are for controllers: administrators do not see them.
        Administrator => [.. Scopes.All.Except([Scopes.Control])],
        _ => [],
    };
}
