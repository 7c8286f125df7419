using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Matching.Data;

/// <summary>Register, ROME and shortages, as an import leaves them or as they are published.</summary>
/// <param name="RegisterOn">The day that the register's files say; null where they say none.</param>
internal sealed record MatchingData(
    ImmutableArray<Fiche> Register, ImmutableArray<Job> Jobs, ImmutableArray<Shortage> Shortages, DateOnly? RegisterOn)
{
    private const string RegisterFile = "register.json";
    private const string JobsFile = "rome.json";
    private const string ShortagesFile = "shortages.json";
    private const string DayFile = "day.json";
    private static readonly JsonSerializerOptions Json =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What an import writes.</summary>
    public static IReadOnlyList<string> Files { get; } = [RegisterFile, JobsFile, ShortagesFile, DayFile];

    /// <summary>Of a folder that an import has written, or of one of published files.</summary>
    /// <exception cref="InputException">A file is missing or not as it should be.</exception>
    public static MatchingData Read(string folder) => Find(folder) ?? Publish(folder, new ImportReport());

    /// <summary>Of published files.</summary>
    /// <param name="report">Collects what is left out.</param>
    /// <exception cref="InputException">A file is missing or not as published.</exception>
    public static MatchingData Publish(string folder, ImportReport report) => new(RegisterReader.Read(folder, report),
        JobReader.Read(folder), ShortageReader.Read(folder), PublishedFolders.In(folder).RegisterOn);

    /// <returns>Null where no import has been.</returns>
    /// <exception cref="InputException">A file is damaged.</exception>
    public static MatchingData? Find(string folder) => File.Exists(Path.Combine(folder, RegisterFile))
        ? new(Load<ImmutableArray<Fiche>>(folder, RegisterFile), Load<ImmutableArray<Job>>(folder, JobsFile),
            Load<ImmutableArray<Shortage>>(folder, ShortagesFile), Load<DateOnly?>(folder, DayFile))
        : null;

    /// <summary>All or nothing: files are written beside those that are there, then put in their places.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new (string Name, byte[] Content)[]
        {
            (JobsFile, JsonSerializer.SerializeToUtf8Bytes(Jobs, Json)),
            (ShortagesFile, JsonSerializer.SerializeToUtf8Bytes(Shortages, Json)),
            (DayFile, JsonSerializer.SerializeToUtf8Bytes(RegisterOn)),
            (RegisterFile, JsonSerializer.SerializeToUtf8Bytes(Register, Json)),
        };
        foreach (var (name, content) in files)
        {
            File.WriteAllBytes(Path.Combine(folder, name + ".new"), content);
        }

        foreach (var (name, _) in files)
        {
            File.Move(Path.Combine(folder, name + ".new"), Path.Combine(folder, name), overwrite: true);
        }
    }

    private static T? Load<T>(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            return JsonSerializer.Deserialize<T>(File.Exists(path) ? File.ReadAllBytes(path)
                : throw new InputException($"{path}: there is no such file. Import again."));
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path}: it is damaged: {exception.Message} Import again.");
        }
    }
}
