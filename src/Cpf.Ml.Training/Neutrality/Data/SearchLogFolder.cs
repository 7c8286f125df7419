using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Model;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Neutrality.Data;

/// <summary> A folder of a search log, or of a model of relevance, that a person has named: what is wrong with it is
/// reported as what is wrong with their input. </summary>
internal static class SearchLogFolder
{
    /// <param name="relevance">Folder of a model; null for the log's own relevance.</param>
    /// <exception cref="InputException">A file is missing, or not as docs/search-log.md says.</exception>
    public static SearchLog Open(string folder, string? relevance = null)
    {
        try
        {
            return SearchLog.Read(folder, relevance is null ? null : Relevance(relevance));
        }
        catch (PlatformDataException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    /// <exception cref="InputException">The folder is no model of relevance.</exception>
    public static RelevanceModel Relevance(string folder)
    {
        try
        {
            return RelevanceModel.Read(folder).Model;
        }
        catch (ModelFormatException exception)
        {
            throw new InputException(exception.Message);
        }
    }
}
