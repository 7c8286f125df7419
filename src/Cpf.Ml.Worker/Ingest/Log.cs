namespace Cpf.Ml.Worker.Ingest;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The saved state {Name} cannot be read and is dropped: {Reason}")]
    public static partial void StateUnreadable(this ILogger log, string name, string reason);
}
