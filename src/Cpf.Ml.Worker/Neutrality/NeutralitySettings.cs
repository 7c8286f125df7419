using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Model;

namespace Cpf.Ml.Worker.Neutrality;

/// <summary>Where the search log is, and how answers are corrected.</summary>
public sealed class NeutralitySettings : IValidated
{
    /// <summary>Folder of a search log (<c>docs/search-log.md</c>). Empty, the default: nothing is audited.</summary>
    public string Logs { get; init; } = "";

    /// <summary>How often the log is checked for changes. Default one hour.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Folder of a model that <c>cpf-ml train relevance</c> has written: audits take its relevance instead of
    /// the log's, and answers for offers that come with features and without relevance. Empty, the default:
    /// none.</summary>
    public string Relevance { get; init; } = "";

    /// <summary>Tolerances and minimum counts of audits.</summary>
    public AuditSettings Audit { get; init; } = new();

    /// <summary>Dimensions that re-ranking balances exposure in, as requests name them: <c>size</c>, <c>region</c>.
    /// Default none: ties are rotated, nothing more.</summary>
    public string[] Dimensions { get; init; } = [];

    /// <summary>Bounds of re-ranking.</summary>
    public CorrectionGuards Guards { get; init; } = new();

    /// <summary>Answers keep the engine's order and report the corrected one beside it. Default true: correcting for
    /// real is opt-in.</summary>
    public bool Shadow { get; init; } = true;

    /// <summary>Switches re-ranking off: the engine's order comes back as it is and no ledger is kept. Default
    /// false.</summary>
    public bool Off { get; init; }

    /// <summary>The model that <see cref="Relevance"/> names; null where it names none.</summary>
    /// <exception cref="ModelFormatException">It cannot be read.</exception>
    internal RelevanceModel? LoadRelevance() => Relevance.Length == 0 ? null : RelevanceModel.Read(Relevance).Model;

    public IEnumerable<string> Validate()
    {
        if (Every < TimeSpan.FromSeconds(1))
        {
            yield return $"Every must be at least a second, was {Every}.";
        }

        if (Relevance.Length > 0 && !File.Exists(Path.Combine(Relevance, ModelFolder.ManifestName)))
        {
            yield return $"Relevance names {Relevance}, in which there is no {ModelFolder.ManifestName}.";
        }

        foreach (var wrong in Audit.Validate().Concat(Guards.Validate()))
        {
            yield return wrong;
        }
    }
}
