namespace Cpf.Ml.Tests;

/// <summary>The working tree that the tests were built from. Shared by all test projects.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <param name="path">Relative to the root, with slashes.</param>
    public static string In(string path) => Path.Combine(Root, path);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "CpfMl.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("CpfMl.sln is above none of the folders of the tests."));
}
