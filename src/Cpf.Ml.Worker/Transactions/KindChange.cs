using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>A series is sent as another kind than its detector was trained on.</summary>
/// <param name="Series">Key of the series.</param>
internal sealed record KindChange(string Series, SeriesNature Before, SeriesNature After);

/// <param name="Part">Values, totals, or sums and counts.</param>
internal readonly record struct SeriesNature(MetricKind Kind, SamplePart Part)
{
    /// <summary>As people and rules call it: <c>Counter</c>, or the kind.</summary>
    public override string ToString() => Part == SamplePart.Value ? Kind.ToString() : $"{Kind} ({Part})";
}
