namespace Cpf.Ml.Worker.Ingest.Pipeline;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The saved state {Name} cannot be read and is dropped: {Reason}")]
    public static partial void StateUnreadable(this ILogger log, string name, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pull of {Query} failed, next try in {Seconds} s: {Reason}")]
    public static partial void PullFailed(this ILogger log, string query, double seconds, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Replay of {Path} ended: {Reason}")]
    public static partial void ReplayFailed(this ILogger log, string path, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Demonstration: {Weeks} weeks of history are being learnt")]
    public static partial void DemoHistory(this ILogger log, int weeks);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Demonstration: the platform lives, {Speed} times faster than the clock")]
    public static partial void DemoLive(this ILogger log, double speed);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Loop} failed and goes on: {Reason}")]
    public static partial void LoopFailed(this ILogger log, string loop, string reason);
}
