using System.Globalization;

namespace Cpf.Ml.Worker.Ingest.Self;

/// <summary>Measures the machine from /proc; on other systems than Linux, its disk only. One user.</summary>
/// <remarks>Reference: proc(5).</remarks>
internal sealed class HostReading
{
    private (double Busy, double All) _cpu;

    public IEnumerable<(string Name, double Value)> Read()
    {
        if (OperatingSystem.IsLinux())
        {
            var before = _cpu;
            _cpu = ReadCpu(File.ReadLines("/proc/stat").First());
            if (before.All > 0 && _cpu.All > before.All)
            {
                yield return ("host_cpu_ratio", (_cpu.Busy - before.Busy) / (_cpu.All - before.All));
            }

            yield return ("host_load", Number(File.ReadAllText("/proc/loadavg").Split(' ')[0]));
            yield return ("host_memory_available_bytes", 1024 * Kilobytes("MemAvailable:"));
        }

        yield return ("host_disk_available_bytes",
            new DriveInfo(Path.GetPathRoot(AppContext.BaseDirectory)!).AvailableFreeSpace);
    }

    /// <summary>user, nice, system, idle, iowait, irq, softirq, steal: all but idle and iowait is work.</summary>
    internal static (double Busy, double All) ReadCpu(string line)
    {
        var ticks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(Number).ToArray();
        var all = ticks.Sum();
        return (all - ticks[3] - ticks[4], all);
    }

    private static double Kilobytes(string name) =>
        Number(File.ReadLines("/proc/meminfo")
            .First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
