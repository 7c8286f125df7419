using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>A series for whoever reads it: what it is, and the state that its partition keeps of it.</summary>
internal readonly record struct MonitoredSeries(SeriesDescriptor Series, SeriesState State);
