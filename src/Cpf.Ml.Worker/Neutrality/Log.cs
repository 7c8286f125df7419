namespace Cpf.Ml.Worker.Neutrality;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "The search log up to {Until} was audited: {Verdict}, {Biased} biases")]
    public static partial void Audited(ILogger log, DateOnly until, string verdict, int biased);

    [LoggerMessage(LogLevel.Error, "The search log in {Folder} could not be audited: {Reason}")]
    public static partial void AuditFailed(ILogger log, string folder, string reason);

    [LoggerMessage(LogLevel.Error, "The ledger of exposure could not be kept, and will be in the next round: {Reason}")]
    public static partial void LedgerFailed(ILogger log, string reason);
}
