namespace Cpf.Ml.Worker.Certifications;

/// <summary>Which cases are asked for.</summary>
/// <param name="State">Null for all of them.</param>
/// <param name="Assignee">Whose; empty for nobody's, null for everybody's.</param>
/// <param name="Text">Words of code, title or first reason; accents and case do not matter.</param>
/// <param name="Skip">Cases before those that are wanted.</param>
/// <param name="Take">Cases at most, up to <see cref="MaxTake"/>.</param>
public sealed record CaseQuery(CaseState? State = null,
    string? Assignee = null, string? Text = null, int Skip = 0, int Take = CaseQuery.DefaultTake)
{
    public const int DefaultTake = 50;
    public const int MaxTake = 500;

    /// <summary>What the address of the console's queue asks for; a state that it does not know is the open
    /// one.</summary>
    /// <param name="who">me, none, or anything else for everybody.</param>
    /// <param name="me">The reader's account.</param>
    public static CaseQuery OfAddress(string? state, string? who, string? text, string me) => new(
        Enum.TryParse<CaseState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known
            : CaseState.Open,
         who switch { "me" => me, "none" => "", _ => null }, text);
}

/// <param name="Cases">What waits for a second reader first, then blind cases, whose place must not tell what the model
/// thinks, then by expected harm; closed ones last, newest first. Without evidence.</param>
/// <param name="Total">That the query finds, on all pages.</param>
/// <param name="States">Cases in each state, whatever the state that is asked for.</param>
public sealed record CaseList(
    IReadOnlyList<CertificationCase> Cases, long Total, IReadOnlyDictionary<CaseState, long> States);
