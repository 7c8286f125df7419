using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Platform;

/// <summary>A table of the platform's data.</summary>
/// <param name="Name">File name without its ending.</param>
/// <param name="Meaning">What a row is.</param>
/// <param name="Key">Columns that no two rows share; empty for none.</param>
public sealed record PlatformTable(
    string Name, string Meaning, ImmutableArray<string> Key, ImmutableArray<PlatformColumn> Columns)
{
    /// <summary>The whole table may be missing: what needs it is then not computable.</summary>
    public bool IsOptional { get; init; }
}
