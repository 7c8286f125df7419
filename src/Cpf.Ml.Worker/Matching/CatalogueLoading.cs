using System.Data.Common;
using Cpf.Ml.Scoring.Matching.Market;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Query;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Matching;

/// <summary>Loads the catalogue of links, and reloads it when a newer one was trained. One that cannot be read leaves
/// the last in service.</summary>
internal sealed class CatalogueLoading(
    MatchingSettings settings, PeriodicWork periodic, ILogger<CatalogueLoading> log) : BackgroundService
{
    private DateTime _read;

    /// <summary>Null until one was read.</summary>
    public LoadedCatalogue? Current { get; private set; }

    /// <summary>Why the last load failed; null when it did not.</summary>
    public string? LastError { get; private set; }

    /// <exception cref="RefusedException">There is none yet.</exception>
    public LoadedCatalogue Required => Current ?? throw new RefusedException(503, settings.Model.Length == 0
        ? new("Aucun modèle de correspondance : entraînez-en un (cpf-ml train matching) et nommez son dossier par le "
            + "réglage Matching:Model.",
            "No model of links: train one (cpf-ml train matching) and name its folder with the setting Matching:Model.")
        : new("Le modèle de correspondance est en cours de lecture. Réessayez dans un instant.",
            "The model of links is being read. Try again in a moment."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Model.Length > 0)
        {
            await periodic.NowAndEveryAsync(nameof(CatalogueLoading), settings.Every,
                stop => Task.Run(Load, stop), reason => Log.CatalogueRefused(log, reason.Message), stoppingToken);
        }
    }

    /// <summary>Reloads the catalogue where the manifest has changed.</summary>
    public void Load()
    {
        var manifest = new FileInfo(Path.Combine(settings.Model, ModelFolder.ManifestName));
        if (manifest.Exists && manifest.LastWriteTimeUtc == _read)
        {
            return;
        }

        try
        {
            var (catalogue, said) = MatchingFiles.ReadCatalogue(settings.Model);
            Current = new(catalogue, new QueryUnderstanding(catalogue), said, new ModelId(said.Name, said.Version)
                .ToString(), DateOnly.FromDateTime(manifest.LastWriteTimeUtc), ReadMarket());
            (_read, LastError) = (manifest.LastWriteTimeUtc, null);
            Log.CatalogueRead(log, Current.Model, catalogue.Fiches.Length);
        }
        catch (Exception reason) when (reason is ModelFormatException or IOException or UnauthorizedAccessException)
        {
            // Logged once: the next load finds the same.
            if (LastError != reason.Message)
            {
                Log.CatalogueRefused(log, reason.Message);
            }

            LastError = reason.Message;
        }
    }

    /// <summary>Market of the day after the last order; null where the platform's data cannot be read.</summary>
    private LoadedMarket? ReadMarket()
    {
        if (settings.Data.Length == 0)
        {
            return null;
        }

        try
        {
            using var data = PlatformData.Open(settings.Data, validate: false);
            return data.Connection.Query("SELECT max(ordered_at) FROM purchases",
                row => row.IsDBNull(0) ? (DateTime?)null : row.GetDateTime(0)).Single() is { } last
                && DateOnly.FromDateTime(last).AddDays(1) is var day
                ? new(day, CertificationMarket.Read(data, day))
                : null;
        }
        catch (Exception reason) when (reason is PlatformDataException or DbException)
        {
            Log.MarketRefused(log, settings.Data, reason.Message);
            return null;
        }
    }
}
