namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Words the sentence of an alert, independent of the model that raised it.</summary>
public static class AlertSentences
{
    /// <summary>Sentence of an anomaly: «Achat : durée p95 à 4,8 s, attendue 1,1 s, depuis 14 h 05».</summary>
    /// <param name="name">Display name of the series.</param>
    /// <param name="isFeminine">Whether the metric is feminine in French, with which «attendue» agrees.</param>
    /// <param name="unit">Unit of <paramref name="observed"/> and <paramref name="expected"/>, as
    /// <see cref="Amounts.Write"/> knows it.</param>
    /// <param name="observed">The observed value; null when there is none.</param>
    /// <param name="expected">The expected value; null while the model is not warm.</param>
    /// <param name="since">Start of the deviation.</param>
    /// <param name="zone">Time zone of the operators.</param>
    public static Text Anomaly(
        Text name,
        bool isFeminine,
        string unit,
        double? observed,
        double? expected,
        DateTimeOffset since,
        TimeZoneInfo zone)
    {
        var time = Instants.Time(since, zone);
        if (observed is not { } value)
        {
            return new(
                $"{name.Fr}\u00a0: comportement inhabituel depuis {time.Fr}",
                $"{name.En}: unusual behaviour since {time.En}");
        }

        var seen = Amounts.Write(value, unit);
        if (expected is not { } forecast || Amounts.Write(forecast, unit) is var normal && normal == seen)
        {
            return new(
                $"{name.Fr} à {seen.Fr}, comportement inhabituel depuis {time.Fr}",
                $"{name.En} at {seen.En}, unusual behaviour since {time.En}");
        }

        var agreed = isFeminine ? "attendue" : "attendu";
        return new(
            $"{name.Fr} à {seen.Fr}, {agreed} {normal.Fr}, depuis {time.Fr}",
            $"{name.En} at {seen.En}, expected {normal.En}, since {time.En}");
    }

    /// <summary>Sentence of joint evidence, none of whose series is significant by itself.</summary>
    /// <param name="service">The service of the series.</param>
    /// <param name="since">Start of the deviation.</param>
    /// <param name="zone">Time zone of the operators.</param>
    public static Text Together(string service, DateTimeOffset since, TimeZoneInfo zone)
    {
        var time = Instants.Time(since, zone);
        return new(
            $"{service}\u00a0: plusieurs séries sont inhabituelles ensemble depuis {time.Fr}",
            $"{service}: several series are unusual together since {time.En}");
    }

    /// <summary>Adds the date to the time of a sentence of this class when it is read on another day.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="since">The instant in the sentence.</param>
    /// <param name="now">When it is read.</param>
    /// <param name="zone">Time zone of the operators.</param>
    public static Text Dated(Text sentence, DateTimeOffset since, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (TimeZoneInfo.ConvertTime(since, zone).Date == TimeZoneInfo.ConvertTime(now, zone).Date)
        {
            return sentence;
        }

        var (time, moment) = (Instants.Time(since, zone), Instants.DateAndTime(since, zone));
        return new(
            sentence.Fr.Replace($"depuis {time.Fr}", $"depuis le {moment.Fr}", StringComparison.Ordinal),
            sentence.En.Replace($"since {time.En}", $"since {moment.En}", StringComparison.Ordinal));
    }

    /// <summary>Sentence of missing data.</summary>
    /// <param name="name">Display name of the series or source.</param>
    /// <param name="last">The newest point.</param>
    /// <param name="interval">Typical time between points.</param>
    /// <param name="zone">Time zone of the operators.</param>
    public static Text NoData(Text name, DateTimeOffset last, TimeSpan interval, TimeZoneInfo zone)
    {
        var (time, every) = (Instants.Time(last, zone), Instants.Duration(interval));
        return new(
            $"{name.Fr}\u00a0: aucune donnée depuis {time.Fr}, alors qu'un point arrive d'habitude toutes "
                + $"les {every.Fr}",
            $"{name.En}: no data since {time.En}, though a point usually comes every {every.En}");
    }

    /// <summary>Sentence of a series that is no longer monitored because it sends no data.</summary>
    /// <param name="name">Display name of the series.</param>
    /// <param name="last">The newest point.</param>
    /// <param name="zone">Time zone of the operators.</param>
    public static Text Forgotten(Text name, DateTimeOffset last, TimeZoneInfo zone)
    {
        var moment = Instants.DateAndTime(last, zone);
        return new(
            $"{name.Fr}\u00a0: aucune donnée depuis le {moment.Fr}, le suivi s'arrête",
            $"{name.En}: no data since {moment.En}, no longer monitored");
    }

    /// <summary>Sentence of the limit of series.</summary>
    /// <param name="limit">Maximum number of series that are monitored.</param>
    /// <param name="since">When the first series was refused.</param>
    /// <param name="zone">Time zone of the operators.</param>
    public static Text Cardinality(int limit, DateTimeOffset since, TimeZoneInfo zone)
    {
        var (max, time) = (Amounts.Number(limit), Instants.Time(since, zone));
        return new(
            $"Limite de {max.Fr} séries atteinte depuis {time.Fr}\u00a0: les séries nouvelles ne sont pas surveillées",
            $"Limit of {max.En} series reached since {time.En}: new series are not monitored");
    }

    /// <summary>Sentence of the limit of transaction groups.</summary>
    /// <param name="limit">Maximum number of operations, channels and regions.</param>
    /// <param name="since">When the first was refused.</param>
    /// <param name="zone">Time zone of the operators.</param>
    public static Text TransactionGroups(int limit, DateTimeOffset since, TimeZoneInfo zone)
    {
        var (max, time) = (Amounts.Number(limit), Instants.Time(since, zone));
        return new(
            $"Limite de {max.Fr} opérations, canaux et régions atteinte depuis {time.Fr}\u00a0: les transactions des "
                + $"opérations nouvelles ne sont pas comptées",
            $"Limit of {max.En} operations, channels and regions reached since {time.En}: transactions of new "
                + $"operations are not counted");
    }

    /// <summary>The finding of a test with its rarity.</summary>
    /// <param name="test">The test's stable name, for example <c>level-48</c>; the sentence of an unknown test contains
    /// its name.</param>
    /// <param name="pValue">In (0, 1].</param>
    /// <param name="direction">+1 above the expected value, −1 below, 0 without direction.</param>
    public static Text Test(string test, double pValue, int direction)
    {
        var (finding, rarity) = (TestSentences.Finding(test, direction), Rarity.Of(pValue));
        return new($"{finding.Fr} ({rarity.Fr})", $"{finding.En} ({rarity.En})");
    }
}
