using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cpf.Ml.Training.Commands;

/// <summary>The result of a command: one JSON document with <c>--json</c>, otherwise text for people.</summary>
/// <param name="Document">Serialised with names in snake_case; a number that is not finite becomes null.</param>
/// <param name="Text">Writes the text.</param>
/// <param name="ExitCode">0 done, 1 a check failed.</param>
internal sealed record CommandResult(object Document, Action<TextWriter> Text, int ExitCode = 0)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new FiniteNumberConverter() },
    };

    /// <summary>The option for JSON of any command; looked up by name, since every root has an instance of its
    /// own.</summary>
    public static Option<bool> CreateJsonOption() =>
        new("--json") { Description = "Prints one JSON document instead of text. Off by default.", Recursive = true };

    public static bool IsJson(ParseResult parsed) => parsed.GetValue<bool>("--json");

    public void Write(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (IsJson(parsed))
        {
            output.WriteLine(JsonSerializer.Serialize(Document, Options));
            return;
        }

        Text(output);
    }

    /// <summary>Writes NaN and infinity, which JSON cannot represent, as null.</summary>
    private sealed class FiniteNumberConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
