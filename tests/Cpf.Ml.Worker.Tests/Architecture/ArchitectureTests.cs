using System.Reflection;
using Cpf.Ml.Tests.Architecture;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Tests.Architecture;

public sealed class ArchitectureTests
{
    private static readonly string[] Databases = ["Dapper", "Npgsql", "Microsoft.Data.Sqlite"];

    private static readonly Assembly Worker = typeof(Program).Assembly;

    [Fact]
    public void The_worker_does_not_know_training() =>
        Assert.DoesNotContain(Worker.GetReferencedAssemblies(), reference => reference.Name == "cpf-ml");

    [Fact]
    public void Only_the_storage_speaks_to_databases() =>
        Assert.Empty(ArchitectureRules.UsersOf(Worker, Databases, "Cpf.Ml.Worker.Storage"));

    [Fact]
    public void Capabilities_do_not_use_each_other() =>
        Assert.Empty(ArchitectureRules.CapabilitiesThatMeet(Worker, "Cpf.Ml.Worker", "Cpf.Ml.Scoring"));

    [Fact]
    public void Public_classes_are_closed()
    {
        // A page of the console is a class that the compiler of pages writes.
        var open = ArchitectureRules.OpenClasses(Worker)
            .Where(name => !typeof(IComponent).IsAssignableFrom(Worker.GetType(name)));

        Assert.Empty(open);
    }

    [Fact]
    public void The_rule_on_databases_sees_who_breaks_it() => Assert.Contains(
        $"{typeof(SpeaksToDatabases).FullName} -> Dapper.SqlMapper", ArchitectureRules.UsersOf(GetType().Assembly, Databases));

    [Fact]
    public void No_folder_is_a_layer()
    {
        string[] layers = ["Helpers", "Utils", "Utilities", "Common", "Managers", "Services", "Models"];

        var folders = Directory.EnumerateDirectories(Repository.In("src"), "*", SearchOption.AllDirectories)
            .Where(folder => layers.Contains(Path.GetFileName(folder)) && !folder.EndsWith("Cpf.Ml.Scoring/Models", StringComparison.Ordinal));

        Assert.Empty(folders);
    }
}

internal sealed class SpeaksToDatabases
{
    public Type Forbidden => typeof(Dapper.SqlMapper);
}
