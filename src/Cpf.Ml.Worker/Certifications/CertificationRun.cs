namespace Cpf.Ml.Worker.Certifications;

/// <summary>All certifications scored once.</summary>
/// <param name="Id">Follows from the data and the cut-off.</param>
/// <param name="Warm">With enough dossiers to be compared.</param>
public sealed record CertificationRun(string Id, DateOnly Cutoff, DateTimeOffset RanAt, int Certifications, int Warm);
