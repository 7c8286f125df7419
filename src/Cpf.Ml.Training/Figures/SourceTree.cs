namespace Cpf.Ml.Training.Figures;

/// <summary>The working tree that the program was built in.</summary>
internal static class SourceTree
{
    /// <summary>The folder with the solution, above the program; null for a program that was installed elsewhere.</summary>
    public static string? Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CpfMl.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
