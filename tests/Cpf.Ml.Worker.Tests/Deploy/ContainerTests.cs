using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Cpf.Ml.Worker.Publish;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Deploy;

/// <summary>
/// What <c>deploy/Containerfile</c> does to build the image, done here: no engine for containers is needed for it.
/// </summary>
[Trait("Stage", "Figures")]
public sealed partial class ContainerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Container_image_builds_from_its_copied_files_and_holds_the_linked_pages()
    {
        using var image = new TemporaryFolder();
        var (source, app) = (image.In("src"), image.In("app"));
        var file = await File.ReadAllTextAsync(Repository.In("deploy/Containerfile"), Cancellation);
        var build = file[..file.LastIndexOf("\nFROM ", StringComparison.Ordinal)];
        var ignored = await File.ReadAllLinesAsync(Repository.In(".containerignore"), Cancellation);
        Assert.DoesNotContain(ignored, line => line.IndexOfAny(['*', '!', '?']) >= 0);

        foreach (var copy in Copy().Matches(build).Select(match => match.Groups[1].Value.Split(' ')))
        {
            foreach (var from in copy[..^1])
            {
                CopyInto(source, from, copy[^1], ignored);
            }
        }

        // Without servers that would outlive the test.
        var run = Run().Match(build).Groups[1].Value.Replace("-o /app", $"-o {app}", StringComparison.Ordinal)
            .Split(' ');
        var (exitCode, output, error) = await Command.RunAsync(
            source, run[0], [.. run[1..], "-nodeReuse:false", "-p:UseSharedCompilation=false"]);

        Assert.True(exitCode == 0, output + error);
        Assert.Equal(
            AlertDocs.Names.Order(),
            Resources(Path.Combine(app, "Cpf.Ml.Worker.dll"))
                .Where(name => name.StartsWith("docs/", StringComparison.Ordinal)).Order());
    }

    /// <summary>As COPY does: of a folder what is in it.</summary>
    private static void CopyInto(string root, string from, string to, string[] ignored)
    {
        var path = Repository.In(from);
        Assert.True(Path.Exists(path), $"{from} does not exist.");
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [path];
        foreach (var file in files.Where(file => !IsIgnored(Path.GetRelativePath(Repository.Root, file), ignored)))
        {
            var target = Path.Combine(
                root, to, Directory.Exists(path) ? Path.GetRelativePath(path, file) : Path.GetFileName(file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static bool IsIgnored(string path, string[] ignored) =>
        ignored.Any(line => path == line || path.StartsWith(line + "/", StringComparison.Ordinal));

    private static List<string> Resources(string assembly)
    {
        using var reader = new PEReader(File.OpenRead(assembly));
        var metadata = reader.GetMetadataReader();
        return [
            .. metadata.ManifestResources.Select(
                handle => metadata.GetString(metadata.GetManifestResource(handle).Name))
        ];
    }

    [GeneratedRegex(@"^COPY (?!--from)(.+)$", RegexOptions.Multiline)]
    private static partial Regex Copy();

    [GeneratedRegex(@"^RUN (dotnet publish .+)$", RegexOptions.Multiline)]
    private static partial Regex Run();
}
