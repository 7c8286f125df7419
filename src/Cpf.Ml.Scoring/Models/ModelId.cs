namespace Cpf.Ml.Scoring.Models;

/// <summary>Identity of a model.</summary>
/// <param name="Name">For example <c>transactions/series-detector</c>.</param>
/// <param name="Version">Changes when scores may change.</param>
public readonly record struct ModelId(string Name, string Version)
{
    /// <summary>For example <c>transactions/series-detector@5</c>.</summary>
    public override string ToString() => $"{Name}@{Version}";
}
