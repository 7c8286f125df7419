using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Platform;

/// <summary>A column of the platform's data.</summary>
/// <param name="Name">As in files.</param>
/// <param name="Meaning">One line, with the unit where there is one.</param>
public sealed record PlatformColumn(string Name, PlatformType Type, string Meaning)
{
    /// <summary>A value may be empty.</summary>
    public bool IsNullable { get; init; }

    /// <summary>The whole column may be missing from a file: what needs it is then not computable.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Least value that is possible; null for no bound.</summary>
    public double? Least { get; init; }

    public double? Most { get; init; }

    /// <summary>The only values; empty for any.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>Table whose key this is; null for none.</summary>
    public string? References { get; init; }

    /// <summary>The type of DuckDB.</summary>
    public string SqlType => Type switch
    {
        PlatformType.Characters => "VARCHAR",
        PlatformType.Count => "BIGINT",
        PlatformType.Number => "DOUBLE",
        PlatformType.Money => "DECIMAL(12, 2)",
        PlatformType.Date => "DATE",
        PlatformType.Instant => "TIMESTAMP",
        _ => "BOOLEAN",
    };
}
