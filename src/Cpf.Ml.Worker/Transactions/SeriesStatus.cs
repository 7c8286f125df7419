using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>What is known of a series right now; every field as of its newest point.</summary>
/// <param name="LastTimestamp">Unix milliseconds, UTC; 0 before the first point.</param>
/// <param name="Score">0–100.</param>
/// <param name="ConfidenceWeeks">Weeks of history seen.</param>
/// <param name="IsImportant">An operator marked it.</param>
/// <param name="Cells">Worst score of each of the last <see cref="Estate.CellCount"/> cells, oldest first; 255 means no
/// data.</param>
internal sealed record SeriesStatus(
    SeriesDescriptor Series,
    long LastTimestamp,
    double Value,
    double Expected,
    double Score,
    bool IsWarm,
    double ConfidenceWeeks,
    bool AlertOpen,
    bool IsImportant,
    byte[] Cells);
