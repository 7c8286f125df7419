using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Hosting;

/// <summary>A request that is refused for a reason which the caller can understand. The API answers with a
/// problem.</summary>
/// <param name="status">HTTP status: 400, 404, 409…</param>
/// <param name="reason">What was refused, why, and what to do.</param>
internal sealed class RefusedException(int status, Text reason) : Exception(reason.En)
{
    public int Status { get; } = status;

    public Text Reason { get; } = reason;
}
