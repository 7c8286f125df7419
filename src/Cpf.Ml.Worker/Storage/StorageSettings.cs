using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Storage;

/// <summary>Where alerts, accounts and detector states are kept.</summary>
public sealed class StorageSettings : IValidated
{
    /// <summary>PostgreSQL connection string; empty means SQLite at <see cref="Path"/>.</summary>
    public string Connection { get; init; } = "";

    /// <summary>SQLite file, created when missing. Default <c>var/cpf-ml.db</c>.</summary>
    public string Path { get; init; } = "var/cpf-ml.db";

    public IEnumerable<string> Validate()
    {
        if (Connection.Length == 0 && string.IsNullOrWhiteSpace(Path))
        {
            yield return "Path must name a file when Connection is empty.";
        }
    }
}
