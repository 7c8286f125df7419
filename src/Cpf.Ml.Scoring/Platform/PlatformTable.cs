using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Platform;

/// <summary>A table of platform data.</summary>
/// <param name="Name">Name of its file without the extension.</param>
/// <param name="Meaning">What a row is, in one line.</param>
/// <param name="Key">Columns whose values together are unique; empty for none.</param>
/// <param name="Columns">All of its columns.</param>
public sealed record PlatformTable(
    string Name, string Meaning, ImmutableArray<string> Key, ImmutableArray<PlatformColumn> Columns)
{
    /// <summary>Whether the whole table may be missing: what needs it is then not computable.</summary>
    public bool IsOptional { get; init; }
}
