using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cpf.Ml.Training.Figures;

/// <summary>The measurements of one run of an evaluation or benchmark; <c>docs/results/README.md</c> describes
/// it.</summary>
/// <param name="Command">The command that measured them, without its folders and files.</param>
/// <param name="MeasuredOn">Day of the measurement, in UTC.</param>
/// <param name="Commit">The commit that the program was built from, abbreviated; null where it was built without
/// Git.</param>
/// <param name="Processor">Name and number of cores.</param>
/// <param name="Load">
/// Load average of the machine in the last minute of the run, the run included; null where unknown.
/// </param>
/// <param name="Seeds">Seeds of the random numbers; empty where there are none.</param>
internal sealed record ResultFile(
    string Command,
    DateOnly MeasuredOn,
    string? Commit,
    string Processor,
    double? Load,
    IReadOnlyList<int> Seeds,
    IReadOnlyList<Figure> Figures)
{
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public int Format { get; init; } = CurrentFormat;

    /// <summary>A run that ends now.</summary>
    /// <exception cref="ArgumentException">Two figures have the same id.</exception>
    public static ResultFile Now(string command, IReadOnlyList<int> seeds, IEnumerable<Figure> figures)
    {
        Figure[] all = [.. figures];
        var twice = all.GroupBy(figure => figure.Id).FirstOrDefault(group => group.Count() > 1);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        return twice is null
            ? new(command, today, Machine.Commit(), Machine.Processor(), Machine.Load(), seeds, all)
            : throw new ArgumentException($"{twice.Count()} figures are called {twice.Key}.", nameof(figures));
    }

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, JsonSerializer.Serialize(this, Options) + "\n");
    }

    /// <exception cref="FormatException">The file is no result file of this format.</exception>
    public static ResultFile Read(string path)
    {
        try
        {
            var result = JsonSerializer.Deserialize<ResultFile>(File.ReadAllText(path), Options);
            return result is { Format: CurrentFormat, Command: not null, Processor: not null, Seeds: not null }
                && result.Figures?.All(figure => figure is { Id: not null, What: not null }) == true
                ? result
                : throw new FormatException($"{path}: not a result file of format {CurrentFormat}.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{path}: {exception.Message}", exception);
        }
    }
}
