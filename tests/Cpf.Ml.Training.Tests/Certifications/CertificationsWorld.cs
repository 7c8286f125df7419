using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Platform.Generation;
using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Tests.Certifications;

/// <summary>A small world with strong and weak frauds, made once for the tests that read it.</summary>
public sealed class CertificationsWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<DateOnly, FeatureSet> _measured = [];
    private Task<string>? _scores;

    public CertificationsWorld() => WorldGenerator.Generate(
        new GeneratorOptions { Seed = 7, Certifications = 600, Purchases = 300_000, Months = 27, Prevalence = 0.04 },
        null,
        Folder);

    /// <summary>Scored at its end by the command line, once: a line a certification.</summary>
    internal Task<string> ScoresAsync() => _scores ??= ScoreAsync();

    /// <summary>What the quarter before a day measures, once a day.</summary>
    internal FeatureSet Measure(DateOnly day)
    {
        if (!_measured.TryGetValue(day, out var set))
        {
            using var data = PlatformData.Open(Folder);
            set = FeatureQuery.Measure(data, day, CertificationMeasures.DaysOfQuarter);
            _measured.Add(day, set);
        }

        return set;
    }

    public static DateOnly End { get; } = new(2026, 7, 1);

    public string Folder => _folder["world"];

    /// <summary>The same tables in another folder, some of them as a statement gives them.</summary>
    internal string Copy(string name, IReadOnlyDictionary<string, string> statements)
    {
        using var data = PlatformData.Open(Folder, validate: false);
        Directory.CreateDirectory(_folder[name]);
        foreach (var table in PlatformContract.Tables)
        {
            var statement = statements.GetValueOrDefault(table.Name, $"SELECT * FROM {table.Name}");
            if (statement.Length > 0)
            {
                data.Connection.Execute(
                    $"COPY ({statement}) TO {Sql.Quote(Path.Combine(_folder[name], table.Name + ".parquet"))} "
                        + "(FORMAT parquet)");
            }
        }

        return _folder[name];
    }

    private async Task<string> ScoreAsync()
    {
        var path = _folder["scores.jsonl"];
        var (exit, _, error) = await Cli.RunAsync(
            "certifications", "score", "--data", Folder, "--out", path, "--cutoff", "2026-07-01");
        Assert.True(exit == 0, error);
        return await File.ReadAllTextAsync(path);
    }

    public void Dispose() => _folder.Dispose();
}
