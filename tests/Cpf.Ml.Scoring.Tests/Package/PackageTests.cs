using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Cpf.Ml.Scoring.Tests.Package;

/// <summary>
/// The package of the library as a stranger uses it: an empty project that knows a folder with the package in it, and
/// the programs of its README.
/// </summary>
[Trait("Stage", "Figures")]
public sealed partial class PackageTests(PackageFixture package) : IClassFixture<PackageFixture>
{
    /// <summary>
    /// Five times as long as ever is as rare as can be told; ordinary values lie evenly between 1 and 1.1.
    /// </summary>
    private const string Written = "score 100.0, expected 1.05 s";

    private static readonly string[] Programs =
    [
        .. Blocks().Matches(File.ReadAllText(Repository.In("src/Cpf.Ml.Scoring/README.md")))
            .Select(match => match.Groups[1].Value),
    ];

    [Fact]
    public void Package_holds_assembly_documentation_and_README_and_its_symbols_are_beside_it()
    {
        using var archive = ZipFile.OpenRead(package.Path("nupkg"));
        using var symbols = ZipFile.OpenRead(package.Path("snupkg"));
        var names = archive.Entries.Select(entry => entry.FullName).ToList();

        Assert.Contains("lib/net10.0/Cpf.Ml.Scoring.dll", names);
        Assert.Contains("lib/net10.0/Cpf.Ml.Scoring.xml", names);
        Assert.Contains("README.md", names);
        Assert.Contains("lib/net10.0/Cpf.Ml.Scoring.pdb", symbols.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task Empty_project_scores_a_series_point_by_point() =>
        Assert.Equal(Written, await package.RunAsync("points", Programs[0]));

    [Fact]
    public async Task Empty_project_scores_a_series_in_an_ML_NET_pipeline() =>
        Assert.Equal(Written, await package.RunAsync("pipeline", Programs[1]));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}

/// <summary>Packs the library once, under a version that no cache has seen.</summary>
public sealed class PackageFixture : IAsyncLifetime
{
    private static readonly string Version = $"0.0.0-test{Environment.ProcessId}";

    private readonly string _folder = Directory.CreateTempSubdirectory("package").FullName;

    public string Path(string ending) => System.IO.Path.Combine(_folder, $"Cpf.Ml.Scoring.{Version}.{ending}");

    public async ValueTask InitializeAsync() => await DotnetAsync(
        _folder,
        "pack", Repository.In("src/Cpf.Ml.Scoring"), "-c", "Release", "--nologo", "-o", _folder,
        $"-p:PackageVersion={Version}", $"-p:ArtifactsPath={System.IO.Path.Combine(_folder, "artifacts")}");

    /// <returns>What the program writes.</returns>
    public async Task<string> RunAsync(string name, string program)
    {
        var project = Directory.CreateDirectory(System.IO.Path.Combine(_folder, name)).FullName;
        void Write(string file, string text) => File.WriteAllText(System.IO.Path.Combine(project, file), text);
        Write("Program.cs", program);
        Write($"{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{_folder}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{System.IO.Path.Combine(_folder, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{Packages()}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Cpf.Ml.Scoring" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        return (await DotnetAsync(project, "run", "--project", project)).Trim();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Where the packages that the library needs are already, since this test was built.</summary>
    private static string Packages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? System.IO.Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await error);
        return await output;
    }
}
