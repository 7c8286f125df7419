using System.ComponentModel;
using System.Diagnostics;

namespace Cpf.Ml.Training.Figures;

/// <summary>The working tree that the program was built from.</summary>
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

    /// <summary>The commit that is checked out, abbreviated, with <c>+</c> where files under version control were changed since; null without Git.</summary>
    public static string? Commit() =>
        Root() is { } root && Git(root, "rev-parse", "--short=9", "HEAD") is { } commit
            ? commit + (Git(root, "status", "--porcelain", "--untracked-files=no", "--", "src", "tests") is { Length: > 0 } ? "+" : "")
            : null;

    private static string? Git(string folder, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
