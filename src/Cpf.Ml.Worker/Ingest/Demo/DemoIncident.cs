using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Worker.Ingest.Demo;

/// <summary>An incident of the imagined platform.</summary>
/// <param name="From">Minutes after the live part began, inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Slower">Factor on durations.</param>
/// <param name="Volume">Factor on the number of transactions.</param>
/// <param name="Errors">Added to the share that fails.</param>
/// <param name="Silent">Nothing at all is reported.</param>
internal sealed record DemoIncident(
    string Operation, int From, int To, double Slower = 1, double Volume = 1, double Errors = 0, bool Silent = false)
{
    /// <summary>The incidents recur in the same order, so that a past one can be found similar.</summary>
    private const int Cycle = 12 * 60;

    private static readonly DemoIncident[] All =
    [
        new("achat", 20, 55, Slower: 4.5),
        new("connexion", 100, 140, Volume: 0.25),
        new("validation-dossier", 200, 235, Errors: 0.30),
        new("paiement-organisme", 300, 380, Silent: true),
    ];

    public static DemoIncident None { get; } = new("", 0, 0);

    /// <param name="minute">Minutes since the live part began; negative before.</param>
    public static DemoIncident At(TransactionGroup group, long minute) => minute < 0
        ? None
        : Array.Find(All, incident => incident.Operation == group.Operation
            && minute % Cycle >= incident.From && minute % Cycle < incident.To) ?? None;
}
