using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cpf.Ml.Worker.Hosting;

/// <summary>Describes invalid JSON to its sender: the parser's own messages name types of this program and count lines
/// from 0.</summary>
internal static partial class JsonFault
{
    private const string Null = "may not be null";

    /// <param name="exception">What the parser threw.</param>
    /// <param name="isLine">The text was one of many lines, whose number is reported already.</param>
    public static string Describe(Exception exception, bool isLine = false)
    {
        var message = exception.Message;
        if (message.Contains("invalid UTF-8", StringComparison.Ordinal))
        {
            return "It is not UTF-8.";
        }

        if (Missing().Match(message) is { Success: true } missing)
        {
            return $"Missing: {missing.Groups[1].Value.Replace('\'', '"')}.";
        }

        if (Unknown().Match(message) is { Success: true } unknown)
        {
            return $"\"{unknown.Groups[1].Value}\" is not a field of it.";
        }

        if (exception is not JsonException json)
        {
            return "It is not JSON.";
        }

        var isType = message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal);
        var isNull = message.Contains("allow null values", StringComparison.Ordinal)
            || message.Contains("allow setting null", StringComparison.Ordinal);
        if (isType || isNull)
        {
            var field = json.Path is null or "$" ? "It" : $"\"{json.Path[2..]}\"";
            return isNull ? $"{field} {Null}." : $"{field} has a value of another type than is asked for.";
        }

        var at = string.Create(CultureInfo.InvariantCulture, $"byte {json.BytePositionInLine + 1}");
        var place = isLine ? at : string.Create(CultureInfo.InvariantCulture, $"line {json.LineNumber + 1}, {at}");
        return $"It is not JSON at {place}: {Where().Replace(message, "").TrimEnd('.', ' ')}.";
    }

    [GeneratedRegex("missing required properties including: (.+?)\\.?$")]
    private static partial Regex Missing();

    [GeneratedRegex("The JSON property '([^']*)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("( Path: .*)?( \\| |\\s)LineNumber: .*$", RegexOptions.Singleline)]
    private static partial Regex Where();
}
