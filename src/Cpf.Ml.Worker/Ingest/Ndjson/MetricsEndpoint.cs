using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Ndjson;

/// <summary><c>POST /api/v1/metrics</c>: points as lines of JSON.</summary>
internal sealed class MetricsEndpoint(MetricNaming naming, Intake intake, IngestHealth health, IngestSettings settings)
{
    private readonly IngestSource _source = health.Source(IngestHealth.Metrics);

    /// <summary>200 when every line is scored and its alerts are committed; 422 when some lines are bad, the good ones
    /// being kept.</summary>
    public async Task<IResult> PostAsync(HttpContext context)
    {
        var lines = new MetricLines(naming, intake, _source, settings);
        return await new NdjsonRequest(context, settings, _source, lines).ReadAsync()
            ?? TypedResults.Ok(new MetricsAnswer(lines.Accepted));
    }
}

/// <param name="Accepted">Lines scored.</param>
internal sealed record MetricsAnswer(int Accepted);
