using System.CommandLine;
using Cpf.Ml.Training.Neutrality.Probes;

namespace Cpf.Ml.Training.Neutrality;

/// <summary><c>cpf-ml neutrality …</c></summary>
internal static class NeutralityCommand
{
    public static Command Create() => new("neutrality", "Neutrality of a search engine: audit, correction, probes.")
    {
        VectorsCommand.Create(),
        AuditCommand.Create(),
        RerankCommand.Create(),
        ProbeCommand.Create(),
        ServeCommand.Create(),
    };
}
