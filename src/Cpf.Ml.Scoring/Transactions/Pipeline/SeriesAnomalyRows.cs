#pragma warning disable CA1051, SA1401 // ML.NET binds columns to public fields.
using Microsoft.ML.Data;

namespace Cpf.Ml.Scoring.Transactions.Pipeline;

/// <summary>Names of the intermediate columns, reserved by their prefix.</summary>
internal static class SeriesAnomalyColumns
{
    public const string Options = "__cpf_series_options";
    public const string Timestamp = "__cpf_series_timestamp";
    public const string Value = "__cpf_series_value";
    public const string Volume = "__cpf_series_volume";
}

/// <summary>An input row of the mapping.</summary>
public abstract class SeriesAnomalyRow
{
    /// <summary>The options, equal in each row: of ours a saved pipeline keeps columns only.</summary>
    [ColumnName(SeriesAnomalyColumns.Options)]
    public ReadOnlyMemory<char> Options;

    /// <summary>In the unit of the series; NaN means missing.</summary>
    [ColumnName(SeriesAnomalyColumns.Value)]
    public double Value;

    /// <summary>Attempts behind an error rate.</summary>
    [ColumnName(SeriesAnomalyColumns.Volume)]
    public double Volume;

    /// <summary>Unix milliseconds, UTC.</summary>
    internal abstract long At { get; }
}

/// <summary>A row whose timestamp is in Unix milliseconds.</summary>
public sealed class SeriesAnomalyRowAtMilliseconds : SeriesAnomalyRow
{
    /// <summary>Unix milliseconds, UTC.</summary>
    [ColumnName(SeriesAnomalyColumns.Timestamp)]
    public long Timestamp;

    internal override long At => Timestamp;
}

/// <summary>A row whose timestamp is a <see cref="DateTime"/>.</summary>
public sealed class SeriesAnomalyRowAtDateTime : SeriesAnomalyRow
{
    /// <summary>UTC, whatever its kind.</summary>
    [ColumnName(SeriesAnomalyColumns.Timestamp)]
    public DateTime Timestamp;

    internal override long At =>
        new DateTimeOffset(DateTime.SpecifyKind(Timestamp, DateTimeKind.Utc)).ToUnixTimeMilliseconds();
}

/// <summary>A row whose timestamp is a <see cref="DateTimeOffset"/>.</summary>
public sealed class SeriesAnomalyRowAtDateTimeOffset : SeriesAnomalyRow
{
    /// <summary>An instant with its offset.</summary>
    [ColumnName(SeriesAnomalyColumns.Timestamp)]
    public DateTimeOffset Timestamp;

    internal override long At => Timestamp.ToUnixTimeMilliseconds();
}

/// <summary>The assessment of a row; the names are those of the slots of the output vector.</summary>
public sealed class SeriesAnomalyVerdict
{
    /// <summary>1 while an alert is open, else 0.</summary>
    public double Alert;

    /// <summary>In [0, 1]: 0 ordinary, 1 as anomalous as can be resolved.</summary>
    public double Score;

    /// <summary>Share of ordinary rows that are as anomalous, in (0, 1].</summary>
    [ColumnName("P-Value")]
    public double PValue;

    /// <summary>In the unit of the series; NaN before the first value.</summary>
    public double Expected;

    /// <summary>Lower end of the band that holds 99 % of ordinary rows.</summary>
    public double Lower;

    /// <summary>Upper end of the band that holds 99 % of ordinary rows.</summary>
    public double Upper;

    /// <summary>1 once two days have been learned, else 0.</summary>
    public double IsWarm;
}
