using System.Collections.Immutable;
using Cpf.Ml.Scoring.Platform;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Platform;

/// <summary>Collects rows of platform tables and writes them as Parquet.</summary>
internal sealed class PlatformWriter : IDisposable
{
    private readonly ImmutableArray<PlatformTable> _tables;
    private readonly DuckDBConnection _connection = new("Data Source=:memory:");
    private readonly Dictionary<string, DuckDBAppender> _appenders = [];

    /// <param name="tables">Those of another contract; of <see cref="PlatformContract"/> where none are given.</param>
    public PlatformWriter(ImmutableArray<PlatformTable> tables = default)
    {
        _tables = tables.IsDefault ? PlatformContract.Tables : tables;
        _connection.Open();
        foreach (var table in _tables)
        {
            _connection.Execute($"CREATE TABLE {table.Name} "
                + $"({string.Join(", ", table.Columns.Select(column => $"{column.Name} {column.SqlType}"))})");
        }
    }

    /// <summary>A row, whose values are then given in the order of the contract.</summary>
    public IDuckDBAppenderRow Row(string table)
    {
        if (!_appenders.TryGetValue(table, out var appender))
        {
            _appenders[table] = appender = _connection.CreateAppender(table);
        }

        return appender.CreateRow();
    }

    /// <summary>The tables with all rows so far.</summary>
    public DuckDBConnection Finish()
    {
        foreach (var appender in _appenders.Values)
        {
            appender.Close();
        }

        _appenders.Clear();
        return _connection;
    }

    public void Save(string folder)
    {
        Finish();
        Directory.CreateDirectory(folder);
        foreach (var table in _tables)
        {
            _connection.Execute($"COPY {table.Name} TO {Sql.Quote(Path.Combine(folder, table.Name + ".parquet"))} "
                + "(FORMAT parquet, COMPRESSION zstd)");
        }
    }

    public void Dispose()
    {
        foreach (var appender in _appenders.Values)
        {
            appender.Dispose();
        }

        _connection.Dispose();
    }
}
