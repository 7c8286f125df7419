using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Cpf.Ml.Worker.Hosting;

/// <summary>What stops the service before it serves, in words for whoever starts it instead of a stack trace.</summary>
internal static class StartFailure
{
    /// <returns>One line a reason; null when the failure is not the starter's to mend.</returns>
    public static IReadOnlyList<string>? Explain(Exception exception) => exception switch
    {
        AggregateException many when many.InnerExceptions.All(inner => Explain(inner) is not null) =>
            [.. many.InnerExceptions.SelectMany(inner => Explain(inner)!)],
        OptionsValidationException invalid => [.. invalid.Failures],
        RefusedException refused => [refused.Message],
        DbException database => [$"The database cannot be used: {database.Message} Check Storage:Connection or Storage:Path."],
        InvalidOperationException newer when newer.Message.StartsWith("The database has schema", StringComparison.Ordinal) => [newer.Message],
        IOException io when io.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException =>
            [$"{io.Message.TrimEnd('.')}: another program listens there. Choose another with ./run --port or the setting Urls."],
        _ => null,
    };
}
