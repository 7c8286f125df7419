namespace Cpf.Ml.Training.Tests;

/// <summary>
/// Real data beside the repository. Without it a test is skipped, but fails where tests must be complete.
/// </summary>
internal static class SharedData
{
    /// <summary>The folder <c>../shared/data</c>.</summary>
    public static string Root => Path.GetDirectoryName(Folder("rome"))!;

    /// <summary>The folder <c>../shared/data/{name}</c>.</summary>
    public static string Folder(string name) =>
        Folder(name, AppContext.BaseDirectory, Environment.GetEnvironmentVariable("CI"));

    /// <param name="from">Where to begin to look upwards.</param>
    /// <param name="ci">The environment's <c>CI</c>; null or empty on a developer's machine.</param>
    internal static string Folder(string name, string from, string? ci)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data", name);
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        Assert.SkipWhen(string.IsNullOrEmpty(ci), $"../shared/data/{name} is not there.");
        throw new DirectoryNotFoundException($"../shared/data/{name} is not there, and CI is set.");
    }
}
