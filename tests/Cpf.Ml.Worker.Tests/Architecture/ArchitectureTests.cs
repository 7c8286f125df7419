using System.Data.Common;
using System.Reflection;
using Cpf.Ml.Tests.Architecture;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Tests.Architecture;

public sealed class ArchitectureTests
{
    private static readonly string[] Databases = ["Dapper", "Npgsql", "Microsoft.Data.Sqlite"];

    /// <summary>What runs a statement without the token of its caller.</summary>
    private static readonly string[] Commands =
        ["Dapper.SqlMapper", "Dapper.CommandDefinition", "System.Data.Common.DbCommand"];

    private static readonly string[] LogCalls =
        ["Microsoft.Extensions.Logging.LoggerExtensions", "Microsoft.Extensions.Logging.LoggerMessageAttribute"];

    private static readonly Assembly Worker = typeof(Program).Assembly;

    [Fact]
    public void The_worker_does_not_know_training() =>
        Assert.DoesNotContain(Worker.GetReferencedAssemblies(), reference => reference.Name == "cpf-ml");

    /// <summary>Top to bottom: a folder uses what lies below it.</summary>
    private static readonly FolderLayers Layers = new(
        ["."],
        ["Console: . > Pages > Shell"],
        [
            "Transactions: Pages > .",
            "Certifications: Pages > .",
            "Matching: Pages > .",
            "Neutrality: Pages > .",
        ],
        [
            "Publish",
            "Ingest: . > Demo > Replay > Transactions > Ndjson Pull RemoteWrite Self > Pipeline > Series > Settings",
        ],
        ["Alerts", "Console/Kit: . > Charts > Wording"],
        ["Access"],
        ["Storage"],
        ["Hosting"]);

    [Fact]
    public void Folders_of_the_worker_use_only_the_layers_below() =>
        Assert.Empty(Layers.Broken(new FolderGraph(Worker, "Cpf.Ml.Worker")));

    [Fact]
    public void Only_stores_rows_and_the_storage_folder_speak_to_databases() => Assert.DoesNotContain(
        ArchitectureRules.UsersOf(Worker, Databases, "Cpf.Ml.Worker.Storage"), use => !IsStore(use.Split(' ')[0]));

    [Fact]
    public void Statements_run_through_the_one_class_that_requires_a_cancellation_token() =>
        ArchitectureRules.AssertNone(ArchitectureRules.UsersOf(Worker, Commands, "Cpf.Ml.Worker.Storage.Database",
            "Cpf.Ml.Worker.Storage.SqlStatements", "Cpf.Ml.Worker.Storage.SqlRows", "Cpf.Ml.Worker.Storage.SqlList"));

    [Fact]
    public void Periodic_work_is_written_once() => ArchitectureRules.AssertNone(ArchitectureRules.UsersOf(
        Worker, ["System.Threading.PeriodicTimer"], "Cpf.Ml.Worker.Hosting.PeriodicWork"));

    [Fact]
    public void Log_messages_stand_in_the_Log_class_of_their_folder() => Assert.DoesNotContain(
        ArchitectureRules.UsersOf(Worker, LogCalls),
        use => !use.Split(' ')[0].EndsWith(".Log", StringComparison.Ordinal));

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

    private static bool IsStore(string type) =>
        type.EndsWith("Store", StringComparison.Ordinal) || type.EndsWith("Rows", StringComparison.Ordinal);

    [Theory]
    [InlineData("Dapper")]
    [InlineData("Dapper.SqlMapper")]
    public void The_rules_on_databases_see_who_breaks_them(string forbidden) => Assert.Contains(
        $"{typeof(PlantedStore).FullName} -> Dapper.SqlMapper",
        ArchitectureRules.UsersOf(GetType().Assembly, [forbidden]));

    [Fact]
    public void No_folder_is_a_layer()
    {
        string[] layers = ["Helpers", "Utils", "Utilities", "Common", "Managers", "Services", "Models"];

        var folders = Directory.EnumerateDirectories(Repository.In("src"), "*", SearchOption.AllDirectories)
            .Where(
                folder => layers.Contains(Path.GetFileName(folder))
                    && !folder.EndsWith("Cpf.Ml.Scoring/Models", StringComparison.Ordinal));

        Assert.Empty(folders);
    }
}

internal sealed class PlantedStore
{
    public static Task<int> DeleteAsync(DbConnection connection) =>
        Dapper.SqlMapper.ExecuteAsync(connection, "delete from setting");
}
