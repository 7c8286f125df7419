using System.Data.Common;
using Cpf.Ml.Worker.Hosting;
using Microsoft.Extensions.Options;

namespace Cpf.Ml.Worker;

/// <summary>Describes why the service could not start, for the person who starts it, in place of a stack
/// trace.</summary>
internal static class StartFailure
{
    /// <returns>One line a reason; null when the person who starts the service cannot fix it.</returns>
    public static IReadOnlyList<string>? Explain(Exception exception) => exception switch
    {
        AggregateException many when many.InnerExceptions.All(inner => Explain(inner) is not null) =>
            [.. many.InnerExceptions.SelectMany(inner => Explain(inner)!)],
        OptionsValidationException invalid => [.. invalid.Failures],
        RefusedException refused => [refused.Message],
        DbException database =>
            [$"The database cannot be used: {database.Message} Check Storage:Connection or Storage:Path."],
        InvalidOperationException newer
            when newer.Message.StartsWith("The database has schema", StringComparison.Ordinal) => [newer.Message],
        IOException io when io.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException =>
            [$"{io.Message.TrimEnd('.')}: another program listens there. Choose another with ./run --port or the "
                + $"setting Urls."],
        ArgumentOutOfRangeException { ParamName: "port" } => ["Urls names a port that there cannot be: 1 to 65535."],
        FormatException url when url.Message.StartsWith("Invalid url", StringComparison.Ordinal) =>
            [$"Urls must be addresses such as http://127.0.0.1:5080: {url.Message.TrimEnd('.')}."],
        UnauthorizedAccessException or IOException
            when !exception.Message.StartsWith("Could not load", StringComparison.Ordinal) =>
            [$"{exception.Message.TrimEnd('.')}: the folder of Storage:Path must be there or be made, and be open for "
                + $"writing to this account."],
        _ => null,
    };
}
