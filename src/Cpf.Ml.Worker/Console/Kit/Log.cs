namespace Cpf.Ml.Worker.Console.Kit;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "A page of the console failed")]
    public static partial void PageFailed(ILogger log, Exception reason);

    [LoggerMessage(
        LogLevel.Warning, "{Component} could not read its data again and goes on showing the old")]
    public static partial void RefreshFailed(ILogger log, string component, Exception reason);

    [LoggerMessage(LogLevel.Warning, "Whether a session still holds could not be asked; it goes on")]
    public static partial void SessionUnknown(ILogger log, Exception reason);

    [LoggerMessage(LogLevel.Error, "An action of {Component} failed")]
    public static partial void ActionFailed(ILogger log, string component, Exception reason);
}
