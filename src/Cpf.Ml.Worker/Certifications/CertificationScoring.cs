using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Model;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>Scores all certifications whenever the platform data have changed, and opens cases.</summary>
internal sealed class CertificationScoring(
    CertificationsSettings settings, CertificationRunStore runs, CaseDecisionStore decisions, PeriodicWork periodic,
    TimeProvider time, ILogger<CertificationScoring> log) : BackgroundService
{
    private FeatureSet? _yearBefore;

    /// <summary>Why the last attempt to read the data failed; null when it did not.</summary>
    public string? LastError { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Data.Length > 0)
        {
            await periodic.NowAndEveryAsync(
                nameof(CertificationScoring), settings.Every, TryAsync, Fail, stoppingToken);
        }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        await RunAsync(stoppingToken);
        LastError = null;
    }

    private void Fail(Exception reason)
    {
        LastError = reason.Message;
        Log.RunFailed(log, settings.Data, reason);
    }

    /// <returns>Cases that were opened; null when these data were scored before.</returns>
    public async Task<int?> RunAsync(CancellationToken cancellationToken)
    {
        var (model, ranking) = ReadModel();
        var id = await Task.Run(() => Fingerprint(settings.Data, ranking), cancellationToken);
        if (await runs.HasAsync(id, cancellationToken))
        {
            return null;
        }

        var resting = await decisions.FindClosedAsync(time.GetUtcNow() - settings.Rest, cancellationToken);
        var (run, cases) = await Task.Run(() => Score(id, model, ranking, resting), cancellationToken);
        var opened = await runs.RecordAsync(run, cases, settings.WeeklyBudget, cancellationToken);
        Log.Scored(log, run.Certifications, run.Cutoff, opened);
        return opened;
    }

    private (CertificationRun Run, IReadOnlyList<CertificationCase> Cases) Score(
        string id, CertificationModel? model, string ranking, IReadOnlySet<string> resting)
    {
        using var data = PlatformData.Open(settings.Data);
        var last = data.Connection.Query("SELECT max(ordered_at) FROM purchases",
            row => row.IsDBNull(0) ? (DateTime?)null : row.GetDateTime(0)).Single()
            ?? throw new PlatformDataException([$"{settings.Data}: there is no purchase."]);
        var cutoff = DateOnly.FromDateTime(last).AddDays(1);
        var measures = CertificationMeasures.At(data, cutoff, _yearBefore);
        _yearBefore = measures.YearBefore;
        var scored = CertificationScorer.Score(new CertificationEvidence(measures), model);
        var run = new CertificationRun(id, cutoff, time.GetUtcNow(),
            scored.Length,
            scored.Count(certification => certification.IsWarm), RunDocument.From(ranking, measures, scored));
        var chosen =
            CaseSelection.Choose([.. scored.Where(certification => !resting.Contains(certification.Certification.Id))],
            measures.Quarter, run, ranking, settings.WeeklyBudget);
        var evidence = CaseEvidence.Gather(data, cutoff, [.. chosen.Select(entry => entry.Scored)]);
        return (run, [.. chosen.Select(entry => entry.Case with { Evidence = evidence[entry.Case.CertificationId] })]);
    }

    /// <returns>The model, null where there is none or it cannot be used, which is logged; and the name of what
    /// ranks.</returns>
    private (CertificationModel? Model, string Ranking) ReadModel()
    {
        if (settings.Model.Length > 0)
        {
            try
            {
                var (model, manifest) = CertificationModel.Read(settings.Model);
                return (model, new ModelId(manifest.Name, manifest.Version).ToString());
            }
            catch (ModelFormatException reason)
            {
                Log.ModelRefused(log, reason.Message);
            }
        }

        return (null, CertificationEvidence.Model);
    }

    /// <summary>Of what scores and of every byte of the files: the same data give the same run.</summary>
    private static string Fingerprint(string folder, string ranking) =>
        TableFiles.Fingerprint(
            $"{CertificationEvidence.Model} {ranking}", TableFiles.In(folder, PlatformContract.Tables))[..16];
}
