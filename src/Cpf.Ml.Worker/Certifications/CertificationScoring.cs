using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>Scores all certifications whenever the platform data have changed, and opens cases.</summary>
internal sealed class CertificationScoring(CertificationsSettings settings, CaseStore store, TimeProvider time, ILogger<CertificationScoring> log) : BackgroundService
{
    private static readonly string[] Endings = [".parquet", ".csv"];

    /// <summary>Why the last look at the data failed; null when it did not.</summary>
    public string? Trouble { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Data.Length == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(settings.Every, time);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
                Trouble = null;
            }
            catch (Exception reason) when (!stoppingToken.IsCancellationRequested)
            {
                Trouble = reason.Message;
                Log.RunFailed(log, settings.Data, reason);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>Cases that were opened; null when these data were scored before.</returns>
    public async Task<int?> RunAsync(CancellationToken cancellationToken)
    {
        var id = Fingerprint(settings.Data);
        if (await store.HasRunAsync(id, cancellationToken))
        {
            return null;
        }

        var (run, cases) = await Task.Run(() => Score(id), cancellationToken);
        var opened = await store.TakeAsync(run, cases, cancellationToken);
        Log.Scored(log, run.Certifications, run.Cutoff, opened);
        return opened;
    }

    private (CertificationRun Run, IReadOnlyList<CertificationCase> Cases) Score(string id)
    {
        using var data = PlatformData.Open(settings.Data);
        var last = data.Connection.Query("SELECT max(ordered_at) FROM purchases", row => row.IsDBNull(0) ? (DateTime?)null : row.GetDateTime(0)).Single()
            ?? throw new PlatformDataException([$"{settings.Data}: there is no purchase."]);
        var cutoff = DateOnly.FromDateTime(last).AddDays(1);
        var set = FeatureQuery.Measure(data, cutoff);
        var scored = CertificationScorer.Score(new CertificationEvidence(set, FeatureQuery.Measure(data, cutoff.AddYears(-1))));
        var run = new CertificationRun(id, cutoff, time.GetUtcNow(), scored.Length, scored.Count(one => one.IsWarm));
        return (run, CaseSelection.Choose(scored, set, run, settings.WeeklyBudget));
    }

    /// <summary>Of names, sizes and times of the files: the same data give the same run.</summary>
    private static string Fingerprint(string folder)
    {
        var files = PlatformContract.Tables.SelectMany(table => Endings.Select(ending => new FileInfo(Path.Combine(folder, table.Name + ending)))).Where(file => file.Exists);
        var text = string.Join('\n', files.Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
