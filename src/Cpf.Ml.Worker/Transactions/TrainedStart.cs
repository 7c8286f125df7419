using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Model;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Where a new series continues if it was trained: the state of its detector at the end of its history.
/// Thread-safe.</summary>
/// <remarks>A model that cannot be used is logged and left out: series then start cold, as they do without
/// one.</remarks>
internal sealed class TrainedStart
{
    private readonly TransactionsSettings _settings;
    private readonly ILogger<TrainedStart> _log;
    private readonly TransactionsModel? _model;
    private int _reportedTooOld;

    public TrainedStart(TransactionsSettings settings, ILogger<TrainedStart> log)
    {
        (_settings, _log) = (settings, log);
        _model = settings.Model.Length == 0 ? null : Read();
    }

    /// <summary>Id of the model in use; null when there is none.</summary>
    public ModelId? Id => _model?.Id;

    /// <param name="sample">The first of a series.</param>
    /// <param name="end">Newest point of the history, Unix milliseconds.</param>
    /// <returns>Null when the series was not trained, or the sample does not continue its history.</returns>
    public SeriesMonitor? Find(in Sample sample, out long end)
    {
        end = 0;
        var trained = _model?.Find(sample.Series.Identity.Key);
        if (trained is null || trained.Kind != sample.Series.Kind || sample.Timestamp <= trained.LastTimestamp)
        {
            return null;
        }

        var gap = TimeSpan.FromMilliseconds(sample.Timestamp - trained.LastTimestamp);
        if (gap > _settings.MaxModelAge)
        {
            if (Interlocked.Exchange(ref _reportedTooOld, 1) == 0)
            {
                Log.ModelTooOld(_log, _model!.Id.ToString(), trained.Key, gap, _settings.MaxModelAge);
            }

            return null;
        }

        end = trained.LastTimestamp;
        var monitor =
            SeriesMonitor.Restore(_settings.Detector(trained.Kind), _settings.Rule(trained.Kind), trained.State);
        if (monitor.Rule.IsOpen && gap > SilenceJudge.Intervals * monitor.Detector.Interval)
        {
            // Whether an alert of the history went on was not observed.
            monitor.Rule.Close();
        }

        return monitor;
    }

    private TransactionsModel? Read()
    {
        try
        {
            var model = TransactionsModel.Read(_settings.Model);
            if (Differences(model.Manifest).ToList() is [_, ..] differences)
            {
                Log.ModelRefused(
                    _log, $"{_settings.Model}: {string.Join(' ', differences)} Set the same, or train again.");
                return null;
            }

            Log.ModelRead(_log, model.Id.ToString(), model.Count, _settings.Model);
            return model;
        }
        catch (ModelFormatException exception)
        {
            Log.ModelRefused(_log, exception.Message);
            return null;
        }
    }

    /// <summary>What was learnt under another zone, calendar or rule does not apply.</summary>
    private IEnumerable<string> Differences(TransactionsManifest manifest)
    {
        if (manifest.Zone != _settings.Zone)
        {
            yield return $"It was trained with Zone {manifest.Zone}, Transactions:Zone is {_settings.Zone}.";
        }

        if (manifest.FrenchHolidays != _settings.FrenchHolidays)
        {
            yield return $"It was trained with FrenchHolidays {manifest.FrenchHolidays}, Transactions:FrenchHolidays "
                + $"is {_settings.FrenchHolidays}.";
        }

        if (manifest.QuietPoints != _settings.QuietPoints)
        {
            yield return $"It was trained with QuietPoints {manifest.QuietPoints}, Transactions:QuietPoints "
                + $"is {_settings.QuietPoints}.";
        }
    }
}
