namespace Cpf.Ml.Worker.Matching;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "{Model} is in service: {Certifications} certifications can be searched")]
    public static partial void CatalogueRead(ILogger log, string model, int certifications);

    [LoggerMessage(LogLevel.Error, "The model of links is refused, the last one stays in service: {Reason}")]
    public static partial void CatalogueRefused(ILogger log, string reason);

    [LoggerMessage(LogLevel.Error, "The platform's offers in {Folder} cannot be read and are not shown: {Reason}")]
    public static partial void MarketRefused(ILogger log, string folder, string reason);
}
