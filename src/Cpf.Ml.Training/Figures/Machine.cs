using System.Globalization;
using System.Reflection;

namespace Cpf.Ml.Training.Figures;

/// <summary>The machine and program of a measurement.</summary>
internal static class Machine
{
    private const string Model = "model name";
    private const int Abbreviated = 9;

    /// <summary>The commit that the program was built from, abbreviated; null where it was built without Git.</summary>
    public static string? Commit() =>
        typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            .Split('+') is [_, { Length: > Abbreviated } commit] ? commit[..Abbreviated] : null;

    /// <summary>Name of the processor, for example <c>AMD EPYC 2.60GHz, 2 cores</c>.</summary>
    public static string Processor()
    {
        var line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Model, StringComparison.Ordinal))
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        var name = line?.Split(':', 2)[^1].Trim() ?? "unknown processor";
        return string.Create(CultureInfo.InvariantCulture, $"{name}, {Environment.ProcessorCount} cores");
    }

    /// <summary>Load average of the last minute; null where the system does not report it.</summary>
    public static double? Load() =>
        File.Exists("/proc/loadavg")
            ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
            : null;
}
