using System.Reflection;

namespace Cpf.Ml.Worker.Hosting;

/// <summary>The version of the program, without build metadata.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } = typeof(ProgramVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
