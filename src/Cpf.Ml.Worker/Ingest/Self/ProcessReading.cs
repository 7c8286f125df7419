using System.Diagnostics;

namespace Cpf.Ml.Worker.Ingest.Self;

/// <summary>Measures this process. One user: shares are of the time since the last reading.</summary>
internal sealed class ProcessReading(TimeProvider time)
{
    private readonly Process _process = Process.GetCurrentProcess();
    private long _readAt = time.GetTimestamp();
    private TimeSpan _cpu = Process.GetCurrentProcess().TotalProcessorTime;
    private TimeSpan _pause = GC.GetTotalPauseDuration();

    public IEnumerable<(string Name, double Value)> Read()
    {
        _process.Refresh();
        var elapsed = time.GetElapsedTime(_readAt);
        var (cpu, pause) = (_process.TotalProcessorTime, GC.GetTotalPauseDuration());
        if (elapsed > TimeSpan.Zero)
        {
            yield return ("process_cpu_ratio", (cpu - _cpu) / elapsed / Environment.ProcessorCount);
            yield return ("process_gc_pause_ratio", (pause - _pause) / elapsed);
        }

        (_readAt, _cpu, _pause) = (time.GetTimestamp(), cpu, pause);
        yield return ("process_resident_memory_bytes", _process.WorkingSet64);
        yield return ("process_heap_bytes", GC.GetTotalMemory(forceFullCollection: false));
        yield return ("process_threads", _process.Threads.Count);
        yield return ("process_thread_pool_queue", ThreadPool.PendingWorkItemCount);
    }
}
