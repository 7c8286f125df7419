namespace Cpf.Ml.Worker.Console.Kit;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "A page of the console failed")]
    public static partial void PageFailed(ILogger log, Exception reason);

    [LoggerMessage(
        LogLevel.Warning, "{Component} could not refresh its data and keeps showing the previous ones")]
    public static partial void RefreshFailed(ILogger log, string component, Exception reason);

    [LoggerMessage(LogLevel.Warning, "A session could not be checked; it continues")]
    public static partial void SessionUnknown(ILogger log, Exception reason);

    [LoggerMessage(LogLevel.Error, "An action of {Component} failed")]
    public static partial void ActionFailed(ILogger log, string component, Exception reason);
}
