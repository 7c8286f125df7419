using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Hosting;

/// <summary>What was asked cannot be done, for a reason that the asker can understand. The API answers it as a
/// problem.</summary>
/// <param name="status">HTTP status: 400, 404, 409…</param>
/// <param name="reason">What was refused, why, and what to do.</param>
internal sealed class RefusedException(int status, Text reason) : Exception(reason.En)
{
    public int Status { get; } = status;

    public Text Reason { get; } = reason;
}
