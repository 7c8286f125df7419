using System.Reflection;

namespace Cpf.Ml.Tests.Architecture;

/// <summary>The rules of the layout besides its layers, each as the names of the types that break it. Shared by the
/// test projects.</summary>
internal static class ArchitectureRules
{
    public static readonly string[] Capabilities =
        ["Matching", "Certifications", "Transactions", "Neutrality", "Funding"];

    /// <summary>Types of a capability that use another capability, in this project or in another, one line a pair of
    /// types.</summary>
    /// <param name="roots">Namespaces whose capabilities are watched, for example <c>Cpf.Ml.Scoring</c>.</param>
    public static IReadOnlyList<string> CapabilitiesThatMeet(Assembly assembly, params string[] roots) =>
        Lines(from use in TypeUses.In(assembly)
              let own = CapabilityOf(use.User, roots)
              let other = CapabilityOf(use.Used, roots)
              where own is not null && other is not null && own != other
              select use);

    /// <summary>Types outside the namespaces <paramref name="allowed"/> that use one of the forbidden namespaces or
    /// types, one line a pair of types.</summary>
    public static IReadOnlyList<string> UsersOf(Assembly assembly, string[] forbidden, params string[] allowed) =>
        Lines(from use in TypeUses.In(assembly)
              where Array.Exists(forbidden, name => IsIn(use.Used, name))
                  && !Array.Exists(allowed, name => IsIn(use.User, name))
              select use);

    /// <summary>Public classes that anybody may derive from though nothing says so.</summary>
    public static IReadOnlyList<string> OpenClasses(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false })
            .Select(type => type.FullName!)];

    /// <summary>Fails with every line, where an assertion on a list would show the first few and cut them
    /// short.</summary>
    public static void AssertNone(IReadOnlyList<string> broken) =>
        Assert.True(broken.Count == 0, string.Join('\n', broken));

    private static string? CapabilityOf(Type type, string[] roots) =>
        Array.Find(Capabilities, capability => Array.Exists(roots, root => IsIn(type, $"{root}.{capability}")));

    private static bool IsIn(Type type, string name) =>
        type.FullName is { } full && (full == name || full.StartsWith(name + ".", StringComparison.Ordinal));

    private static IReadOnlyList<string> Lines(IEnumerable<(Type User, Type Used)> uses) =>
        [.. uses.Select(use => $"{use.User.FullName} -> {use.Used.FullName}").Order(StringComparer.Ordinal)];
}
