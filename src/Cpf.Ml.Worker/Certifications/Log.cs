namespace Cpf.Ml.Worker.Certifications;

internal static partial class Log
{
    [LoggerMessage(
        LogLevel.Information, "{Certifications} certifications scored as of {Cutoff}, {Opened} cases opened")]
    public static partial void Scored(ILogger log, int certifications, DateOnly cutoff, int opened);

    [LoggerMessage(LogLevel.Error,
        "The certifications of {Folder} could not be scored; cases stay as they are, the next attempt follows")]
    public static partial void RunFailed(ILogger log, string folder, Exception exception);

    [LoggerMessage(
        LogLevel.Error, "The model of certifications is not used, cases are ranked by the evidence alone: {Reason}")]
    public static partial void ModelRefused(ILogger log, string reason);
}
