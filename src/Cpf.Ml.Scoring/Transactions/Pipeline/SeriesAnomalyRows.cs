#pragma warning disable CA1051, SA1401 // ML.NET binds columns to public fields.
using Microsoft.ML.Data;

namespace Cpf.Ml.Scoring.Transactions.Pipeline;

/// <summary>Names of the columns between the caller's and the mapping: no caller has them.</summary>
internal static class SeriesAnomalyColumns
{
    public const string Options = "__cpf_series_options";
    public const string Timestamp = "__cpf_series_timestamp";
    public const string Value = "__cpf_series_value";
    public const string Volume = "__cpf_series_volume";
}

/// <summary>A row as the mapping takes it.</summary>
public abstract class SeriesAnomalyRow
{
    /// <summary>The same in each row: a saved pipeline keeps columns, and nothing else of ours.</summary>
    [ColumnName(SeriesAnomalyColumns.Options)]
    public ReadOnlyMemory<char> Options;

    [ColumnName(SeriesAnomalyColumns.Value)]
    public double Value;

    [ColumnName(SeriesAnomalyColumns.Volume)]
    public double Volume;

    /// <summary>Unix milliseconds, UTC.</summary>
    internal abstract long At { get; }
}

public sealed class SeriesAnomalyRowAtMilliseconds : SeriesAnomalyRow
{
    [ColumnName(SeriesAnomalyColumns.Timestamp)]
    public long Timestamp;

    internal override long At => Timestamp;
}

public sealed class SeriesAnomalyRowAtDateTime : SeriesAnomalyRow
{
    /// <summary>A clock without a zone is taken for UTC.</summary>
    [ColumnName(SeriesAnomalyColumns.Timestamp)]
    public DateTime Timestamp;

    internal override long At =>
        new DateTimeOffset(DateTime.SpecifyKind(Timestamp, DateTimeKind.Utc)).ToUnixTimeMilliseconds();
}

public sealed class SeriesAnomalyRowAtDateTimeOffset : SeriesAnomalyRow
{
    [ColumnName(SeriesAnomalyColumns.Timestamp)]
    public DateTimeOffset Timestamp;

    internal override long At => Timestamp.ToUnixTimeMilliseconds();
}

/// <summary>What is said of a row; the names are those of the slots of the output vector.</summary>
public sealed class SeriesAnomalyVerdict
{
    /// <summary>1 while an alert is open, else 0.</summary>
    public double Alert;

    /// <summary>0 ordinary, 1 as strange as can be resolved.</summary>
    public double Score;

    [ColumnName("P-Value")]
    public double PValue;

    /// <summary>In the unit of the series; NaN before the first value.</summary>
    public double Expected;

    /// <summary>Holds 99 % of ordinary points together with <see cref="Upper"/>.</summary>
    public double Lower;
    public double Upper;

    /// <summary>1 once two days have been seen.</summary>
    public double IsWarm;
}
