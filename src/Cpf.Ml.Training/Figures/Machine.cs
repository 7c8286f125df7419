using System.Globalization;

namespace Cpf.Ml.Training.Figures;

/// <summary>Where a run was measured.</summary>
internal static class Machine
{
    private const string Model = "model name";

    /// <summary>For example <c>AMD EPYC 2.60GHz, 2 cores</c>.</summary>
    public static string Processor()
    {
        var name = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Model, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.Create(CultureInfo.InvariantCulture, $"{name ?? "unknown processor"}, {Environment.ProcessorCount} cores");
    }

    /// <summary>Load average of the last minute; null where the system does not tell it.</summary>
    public static double? Load() =>
        File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : null;
}
