using System.CommandLine;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Matching;

/// <summary><c>cpf-ml matching …</c>, and what its commands share.</summary>
internal static class MatchingCommand
{
    public static Command Create() => new("matching", "Links between certifications and jobs.")
    {
        LinkCommand.Create(),
        SearchCommand.Create(),
        RankCommand.Create(),
    };

    public static Option<DirectoryInfo> ModelsOption() => new("--models")
    {
        Required = true,
        Description = "Folder of models, in which train matching has written matching/.",
    };

    public static Option<FileInfo> FichesOption() => new("--fiches")
    {
        Required = true,
        Description = "Fiches in the official Standard layout, and optionally with the columns Formacodes, Nsf, "
            + "Certificateurs and Anciennes_Certifications, values separated by bars.",
    };

    public static Option<FileInfo> OutputOption(string columns) => new("--out")
    {
        Required = true,
        Description = $"CSV to write: {columns}.",
    };

    /// <param name="read">Reads the model of a folder.</param>
    /// <exception cref="InputException">The folder is no model of matching, or is damaged.</exception>
    public static T Read<T>(DirectoryInfo models, Func<string, (T Read, MatchingManifest Manifest)> read)
    {
        try
        {
            return read(Path.Combine(models.FullName, MatchingModel.Name)).Read;
        }
        catch (ModelFormatException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    public static void Write(FileInfo file, string header, IEnumerable<string> rows)
    {
        file.Directory!.Create();
        File.WriteAllLines(file.FullName, rows.Prepend(header));
    }
}
