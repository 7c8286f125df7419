using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Figures;

/// <summary>The working tree that the program was built in.</summary>
internal static class SourceTree
{
    private const string Solution = "CpfMl.sln";

    /// <summary>The folder with the solution, above the program.</summary>
    /// <exception cref="InputException">There is none: the program was installed elsewhere.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new InputException(
            $"{Solution} is in no folder above {AppContext.BaseDirectory}: this needs the source tree.");
    }
}
