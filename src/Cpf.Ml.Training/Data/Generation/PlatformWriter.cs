using Cpf.Ml.Scoring.Platform;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Data.Generation;

/// <summary>Collects rows of platform tables and writes them as Parquet.</summary>
internal sealed class PlatformWriter : IDisposable
{
    private readonly DuckDBConnection _connection = new("Data Source=:memory:");
    private readonly Dictionary<string, DuckDBAppender> _appenders = [];

    public PlatformWriter()
    {
        _connection.Open();
        foreach (var table in PlatformContract.Tables)
        {
            _connection.Execute($"CREATE TABLE {table.Name} ({string.Join(", ", table.Columns.Select(column => $"{column.Name} {column.SqlType}"))})");
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

    public void Save(string folder)
    {
        foreach (var appender in _appenders.Values)
        {
            appender.Close();
        }

        _appenders.Clear();
        Directory.CreateDirectory(folder);
        foreach (var table in PlatformContract.Tables)
        {
            _connection.Execute($"COPY {table.Name} TO {Sql.Quote(Path.Combine(folder, table.Name + ".parquet"))} (FORMAT parquet, COMPRESSION zstd)");
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
