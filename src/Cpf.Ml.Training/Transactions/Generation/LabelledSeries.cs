using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Training.Transactions.Generation;

/// <summary>A series whose faults are known.</summary>
/// <param name="Name">Names family and number.</param>
/// <param name="Kind">Kind of metric.</param>
/// <param name="Points">In time order.</param>
/// <param name="Events">In time order, apart from each other; none in a world of noise alone.</param>
internal sealed record LabelledSeries(
    string Name, MetricKind Kind, IReadOnlyList<Observation> Points, IReadOnlyList<LabelledEvent> Events);

/// <summary>What is wrong from one row to another.</summary>
/// <param name="Fault">What kind of fault, or <c>labelled</c>.</param>
/// <param name="First">Row, included.</param>
/// <param name="Last">Row, included.</param>
internal readonly record struct LabelledEvent(string Fault, int First, int Last);
