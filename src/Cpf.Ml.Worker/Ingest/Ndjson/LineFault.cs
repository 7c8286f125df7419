using Cpf.Ml.Worker.Ingest.Pipeline;

namespace Cpf.Ml.Worker.Ingest.Ndjson;

/// <summary>Why a line was rejected.</summary>
/// <param name="Field">Empty when the line as a whole is at fault.</param>
/// <param name="Detail">For the sender: what was found, and what is wanted.</param>
internal sealed record LineFault(Rejection Reason, string Field, string Detail);

/// <summary>A fault with the number of its line, the first being 1.</summary>
internal sealed record LineError(int Line, string Field, string Reason, string Detail);

/// <summary>Thrown while a line is read; the rest of the line is ignored.</summary>
internal sealed class LineException(Rejection reason, string field, string detail) : Exception(detail)
{
    public LineFault Fault { get; } = new(reason, field, detail);
}
