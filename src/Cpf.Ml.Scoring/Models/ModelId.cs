namespace Cpf.Ml.Scoring.Models;

/// <param name="Name">For example <c>transactions/series-detector</c>.</param>
/// <param name="Version">Changes when scores may change.</param>
public readonly record struct ModelId(string Name, string Version)
{
    public override string ToString() => $"{Name}@{Version}";
}
