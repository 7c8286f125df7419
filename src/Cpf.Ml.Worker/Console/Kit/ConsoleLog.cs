namespace Cpf.Ml.Worker.Console.Kit;

internal static partial class ConsoleLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A page of the console failed")]
    public static partial void PageFailed(ILogger logger, Exception reason);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "{Component} could not read its data again and goes on showing the old")]
    public static partial void RefreshFailed(ILogger logger, string component, Exception reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether a session still holds could not be asked; it goes on")]
    public static partial void SessionUnknown(ILogger logger, Exception reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "An action of {Component} failed")]
    public static partial void ActionFailed(ILogger logger, string component, Exception reason);
}
