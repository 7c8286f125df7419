namespace Cpf.Ml.Worker.Matching;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "{Model} is in service: {Certifications} certifications can be searched")]
    public static partial void CatalogueRead(ILogger log, string model, int certifications);

    [LoggerMessage(LogLevel.Error, "The model of links is not taken, the last one stays in service: {Reason}")]
    public static partial void CatalogueRefused(ILogger log, string reason);

    [LoggerMessage(LogLevel.Error, "What {Folder} says of the platform's offers is not shown: {Reason}")]
    public static partial void MarketRefused(ILogger log, string folder, string reason);
}
