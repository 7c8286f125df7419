namespace Cpf.Ml.Worker.Certifications;

/// <summary>Filters and page of a list of cases.</summary>
/// <param name="State">State of the cases; null for all.</param>
/// <param name="Assignee">Account of the assignee; empty for unassigned cases, null for all.</param>
/// <param name="Text">Words of code, title or first reason; accents and case do not matter.</param>
/// <param name="Skip">Number of cases before the page.</param>
/// <param name="Take">Size of the page, up to <see cref="MaxTake"/>.</param>
public sealed record CaseQuery(CaseState? State = null,
    string? Assignee = null, string? Text = null, int Skip = 0, int Take = CaseQuery.DefaultTake)
{
    public const int DefaultTake = 50;
    public const int MaxTake = 500;

    /// <summary>The filters in the address of the console's queue; an unknown state means open cases.</summary>
    /// <param name="who">me, none, or anything else for everybody.</param>
    /// <param name="me">The reader's account.</param>
    public static CaseQuery FromAddress(string? state, string? who, string? text, string me) => new(
        Enum.TryParse<CaseState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known
            : CaseState.Open,
         who switch { "me" => me, "none" => "", _ => null }, text);
}

/// <param name="Cases">What waits for a second reader first, then blind cases, whose position must not disclose the
/// score, then by expected harm; closed ones last, newest first. Without evidence.</param>
/// <param name="Total">That the query finds, on all pages.</param>
/// <param name="States">Cases in each state, whatever the state that is asked for.</param>
public sealed record CaseList(
    IReadOnlyList<CertificationCase> Cases, long Total, IReadOnlyDictionary<CaseState, long> States);
