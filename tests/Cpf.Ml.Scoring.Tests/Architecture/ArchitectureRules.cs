using System.Reflection;
using NetArchTest.Rules;

namespace Cpf.Ml.Tests.Architecture;

/// <summary>The rules of the layout, each as the names of the types that break it. Shared by the test projects of Scoring and Worker.</summary>
internal static class ArchitectureRules
{
    public static readonly string[] Capabilities = ["Matching", "Certifications", "Transactions", "Neutrality", "Funding"];

    /// <summary>Types of a capability that use another capability.</summary>
    /// <param name="roots">Namespaces whose capabilities are watched, for example <c>Cpf.Ml.Scoring</c>.</param>
    public static IReadOnlyList<string> CapabilitiesThatMeet(Assembly assembly, params string[] roots) =>
        [.. from own in Capabilities
            from root in roots
            from type in Broken(Types.InAssembly(assembly)
                .That().ResideInNamespace($"{root}.{own}")
                .ShouldNot().HaveDependencyOnAny(
                    [.. from other in Capabilities where other != own from otherRoot in roots select $"{otherRoot}.{other}"]))
            select type];

    /// <summary>Types outside the namespaces <paramref name="allowed"/> that use one of the forbidden namespaces or types.</summary>
    public static IReadOnlyList<string> UsersOf(Assembly assembly, string[] forbidden, params string[] allowed) =>
        [.. Broken(Types.InAssembly(assembly).ShouldNot().HaveDependencyOnAny(forbidden))
            .Where(type => !allowed.Any(name => type.StartsWith(name + ".", StringComparison.Ordinal)))];

    /// <summary>Public classes that anybody may derive from though nothing says so.</summary>
    public static IReadOnlyList<string> OpenClasses(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }).Select(type => type.FullName!)];

    private static IEnumerable<string> Broken(ConditionList rule) => rule.GetResult().FailingTypeNames ?? [];
}
