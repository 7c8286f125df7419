using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Correction;

namespace Cpf.Ml.Worker.Neutrality;

/// <summary>Where the search log is, and how answers are corrected.</summary>
public sealed class NeutralitySettings : IValidated
{
    /// <summary>Folder of a search log (<c>docs/search-log.md</c>). Empty, the default: nothing is audited.</summary>
    public string Logs { get; init; } = "";

    /// <summary>How often it is looked whether the log is another. Default one hour.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What is tolerated and how little is too little.</summary>
    public AuditSettings Audit { get; init; } = new();

    /// <summary>Dimensions that re-ranking balances exposure in, as requests name them: <c>size</c>, <c>region</c>. Default none: ties are rotated, nothing more.</summary>
    public string[] Dimensions { get; init; } = [];

    /// <summary>Within what re-ranking stays.</summary>
    public CorrectionGuards Guards { get; init; } = new();

    /// <summary>Answers keep the engine's order and tell the corrected one beside. Default true: whoever corrects for real says so.</summary>
    public bool Shadow { get; init; } = true;

    /// <summary>Switches re-ranking off: the engine's order comes back as it is and no ledger is kept. Default false.</summary>
    public bool Off { get; init; }

    public IEnumerable<string> Validate()
    {
        if (Every < TimeSpan.FromSeconds(1))
        {
            yield return $"Every must be at least a second, was {Every}.";
        }

        foreach (var wrong in Audit.Validate().Concat(Guards.Validate()))
        {
            yield return wrong;
        }
    }
}
