using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Worker.Ingest.Pipeline;

namespace Cpf.Ml.Worker.Ingest.Ndjson;

/// <summary>Reads the fields of a line, each with an error that names it.</summary>
internal static class LineFields
{
    /// <summary>Moves to the next field, and its value.</summary>
    /// <param name="names">Fields that the line may have, 31 at most.</param>
    /// <param name="seen">Fields read so far, one bit each; 0 at the beginning.</param>
    /// <returns>Its name; null at the end of the object, after which nothing may follow.</returns>
    public static string? NextField(ref Utf8JsonReader reader, string[] names, ref int seen)
    {
        if (!reader.Read())
        {
            throw new LineException(Rejection.Malformed, "", "The line ends inside its JSON object.");
        }

        if (reader.TokenType == JsonTokenType.EndObject)
        {
            return reader.Read()
                ? throw new LineException(Rejection.Malformed, "", "Something follows the JSON object.") : null;
        }

        var name = reader.GetString()!;
        var index = Array.IndexOf(names, name);
        if (index < 0)
        {
            throw new LineException(Rejection.Malformed,
                name, $"\"{name}\" is not a field of this line; it may have {string.Join(", ", names)}.");
        }

        var bit = 1 << index;
        if ((seen & bit) != 0)
        {
            throw new LineException(Rejection.Malformed, name, $"\"{name}\" is given twice.");
        }

        seen |= bit;
        reader.Read();
        return name;
    }

    public static void Begin(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new LineException(Rejection.Malformed, "", "A line must be a JSON object.");
        }
    }

    /// <param name="longest">In characters.</param>
    public static string Text(ref Utf8JsonReader reader, string field, int longest)
    {
        var text = reader.TokenType == JsonTokenType.String
            ? reader.GetString()!
            : throw Mistyped(field, "a text", reader.TokenType);
        if (text.Length > longest)
        {
            throw new LineException(
                Rejection.TooLong, field, $"\"{field}\" may have {longest} characters, has {text.Length}.");
        }

        return text.Any(char.IsControl)
            ? throw new LineException(Rejection.Malformed, field, $"\"{field}\" holds a control character.")
            : text;
    }

    public static double Number(ref Utf8JsonReader reader, string field, string wanted = "a number") =>
        reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : throw Mistyped(field, wanted, reader.TokenType);

    /// <summary>ISO 8601 with an offset, or Unix milliseconds.</summary>
    public static long Instant(ref Utf8JsonReader reader, string field)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var milliseconds)
                ? milliseconds
                : throw new LineException(Rejection.Malformed,
                    field, $"\"{field}\" as a number must be whole milliseconds since 1970-01-01 UTC.");
        }

        var text = Text(ref reader, field, 40);
        return HasOffset(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant.ToUnixTimeMilliseconds()
            : throw new LineException(Rejection.Malformed, field,
                $"\"{field}\" must be ISO 8601 with an offset, for example 2026-03-02T10:15:00Z, or milliseconds since "
                    + $"1970-01-01 UTC, was \"{text}\".");
    }

    public static LineException Missing(string field) => new(Rejection.Malformed, field, $"\"{field}\" is missing.");

    public static LineException Mistyped(string field, string wanted, JsonTokenType found) =>
        new(Rejection.Malformed, field, $"\"{field}\" must be {wanted}, was {Describe(found)}.");

    private static bool HasOffset(string text) =>
        text.Length > 11 && text[10] == 'T' && (text[^1] == 'Z' || text.AsSpan(11).IndexOfAny('+', '-') >= 0);

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a Boolean",
        JsonTokenType.Null => "null",
        JsonTokenType.StartArray => "an array",
        _ => "an object",
    };
}
