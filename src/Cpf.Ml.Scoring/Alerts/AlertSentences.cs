namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Says in a sentence what an alert found, without knowing the model that found it.</summary>
public static class AlertSentences
{
    /// <summary>«Achat : durée p95 à 4,8 s, attendue 1,1 s, depuis 14 h 05».</summary>
    /// <param name="isFeminine">What is measured is feminine in French, and «attendue» agrees with it.</param>
    /// <param name="unit">Unit of <paramref name="observed"/> and <paramref name="expected"/>, as
    /// <see cref="Amounts.Write"/> knows it.</param>
    /// <param name="observed">Null when nothing was observed.</param>
    /// <param name="expected">Null while the model is not warm.</param>
    /// <param name="since">When the deviation began.</param>
    /// <param name="zone">The clock on the operators' wall.</param>
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
        if (expected is not { } usual || Amounts.Write(usual, unit) is var normal && normal == seen)
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

    /// <summary>No series says it by itself.</summary>
    public static Text Together(string service, DateTimeOffset since, TimeZoneInfo zone)
    {
        var time = Instants.Time(since, zone);
        return new(
            $"{service}\u00a0: plusieurs séries sont inhabituelles ensemble depuis {time.Fr}",
            $"{service}: several series are unusual together since {time.En}");
    }

    /// <summary>A sentence of this class as it is read on another day: its hour gets its date.</summary>
    /// <param name="since">The instant that the sentence tells.</param>
    /// <param name="now">When it is read.</param>
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

    /// <param name="last">The newest point that came.</param>
    /// <param name="usualInterval">How often a point usually comes.</param>
    public static Text NoData(Text name, DateTimeOffset last, TimeSpan usualInterval, TimeZoneInfo zone)
    {
        var (time, interval) = (Instants.Time(last, zone), Instants.Duration(usualInterval));
        return new(
            $"{name.Fr}\u00a0: aucune donnée depuis {time.Fr}, alors qu'un point arrive d'habitude toutes "
                + $"les {interval.Fr}",
            $"{name.En}: no data since {time.En}, though a point usually comes every {interval.En}");
    }

    /// <param name="last">The newest point that came.</param>
    public static Text Forgotten(Text name, DateTimeOffset last, TimeZoneInfo zone)
    {
        var moment = Instants.DateAndTime(last, zone);
        return new(
            $"{name.Fr}\u00a0: aucune donnée depuis le {moment.Fr}, le suivi s'arrête",
            $"{name.En}: no data since {moment.En}, no longer watched");
    }

    /// <param name="limit">Most series that are watched.</param>
    /// <param name="since">When the first series was refused.</param>
    public static Text Cardinality(int limit, DateTimeOffset since, TimeZoneInfo zone)
    {
        var (most, time) = (Amounts.Number(limit), Instants.Time(since, zone));
        return new(
            $"Limite de {most.Fr} séries atteinte depuis {time.Fr}\u00a0: les séries nouvelles ne sont pas surveillées",
            $"Limit of {most.En} series reached since {time.En}: new series are not watched");
    }

    /// <param name="limit">Most operations, channels and regions of transactions that are counted.</param>
    /// <param name="since">When the first was refused.</param>
    public static Text TransactionGroups(int limit, DateTimeOffset since, TimeZoneInfo zone)
    {
        var (most, time) = (Amounts.Number(limit), Instants.Time(since, zone));
        return new(
            $"Limite de {most.Fr} opérations, canaux et régions atteinte depuis {time.Fr}\u00a0: les transactions des "
                + $"opérations nouvelles ne sont pas comptées",
            $"Limit of {most.En} operations, channels and regions reached since {time.En}: transactions of new "
                + $"operations are not counted");
    }

    /// <summary>What a test saw and how rare that is.</summary>
    /// <param name="test">The test's stable name, for example <c>level-48</c>; an unknown one is named as it
    /// is.</param>
    /// <param name="pValue">In (0, 1].</param>
    /// <param name="direction">+1 above what is usual, −1 below, 0 without direction.</param>
    public static Text Test(string test, double pValue, int direction)
    {
        var (finding, rarity) = (TestSentences.Finding(test, direction), Rarity.Of(pValue));
        return new($"{finding.Fr} ({rarity.Fr})", $"{finding.En} ({rarity.En})");
    }
}
