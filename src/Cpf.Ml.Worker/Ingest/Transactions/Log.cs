namespace Cpf.Ml.Worker.Ingest.Transactions;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "The saved state {Name} cannot be read and is dropped: {Reason}")]
    public static partial void StateUnreadable(ILogger log, string name, string reason);

    [LoggerMessage(LogLevel.Error,
        "Closed minutes of transactions could not be scored; the next round does it: {Reason}")]
    public static partial void MinutesNotScored(ILogger log, string reason);
}
