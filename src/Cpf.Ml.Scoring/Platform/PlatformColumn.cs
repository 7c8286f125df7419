using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Platform;

/// <summary>A column of a table of platform data.</summary>
/// <param name="Name">Name of the column in files.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Meaning">What its values mean, in one line, with the unit where there is one.</param>
public sealed record PlatformColumn(string Name, PlatformType Type, string Meaning)
{
    /// <summary>Whether a value may be empty.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether the whole column may be missing from a file: what needs it is then not computable.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Lower bound of the values, inclusive; null for none.</summary>
    public double? Min { get; init; }

    /// <summary>Upper bound of the values, inclusive; null for none.</summary>
    public double? Max { get; init; }

    /// <summary>The values that are allowed; empty for any.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>Name of the table whose key the values must be in; null for none.</summary>
    public string? References { get; init; }

    /// <summary>Name of the type in DuckDB.</summary>
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
