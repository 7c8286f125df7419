using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Figures;

/// <summary>All figures of a source tree, by run.</summary>
internal sealed class FigureBook
{
    private readonly Dictionary<string, ResultFile?> _results;

    private FigureBook(Dictionary<string, ResultFile?> results) => _results = results;

    /// <param name="root">Root of the source tree.</param>
    /// <exception cref="InputException">
    /// A result file is damaged, belongs to a run that no page shows, or was made by another command than its run's.
    /// </exception>
    public static FigureBook Read(string root)
    {
        var known = FigureRun.All.Select(run => run.Path).ToHashSet();
        var folder = Path.Combine(root, "docs/results");
        foreach (var path in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (!known.Contains(relative))
            {
                throw new InputException($"{relative}: no run of FigureRun.All leaves this file.");
            }
        }

        return new(FigureRun.All.ToDictionary(run => run.Id, run => Read(root, run)));
    }

    /// <summary>The result file of a run; null where there is none yet.</summary>
    public ResultFile? Of(FigureRun run) => _results[run.Id];

    /// <summary>The figures of a run; empty where there is no result file yet.</summary>
    public IReadOnlyList<Figure> Figures(FigureRun run) => Of(run)?.Figures ?? [];

    /// <param name="reference">Capability, run and figure, for example <c>transactions/nab/best-standard</c>.</param>
    /// <returns>The text that a page shows for it.</returns>
    /// <exception cref="InputException">There is no such run, or no such figure in its result file.</exception>
    public string Text(string reference)
    {
        var end = reference.LastIndexOf('/');
        if (end < 0 || !_results.TryGetValue(reference[..end], out var result))
        {
            throw new InputException($"{reference}: no run of FigureRun.All has this name.");
        }

        return result is null ? "not yet measured"
            : result.Figures.SingleOrDefault(figure => figure.Id == reference[(end + 1)..])?.Text
            ?? throw new InputException($"{reference}: its result file has no such figure.");
    }

    private static ResultFile? Read(string root, FigureRun run)
    {
        var path = Path.Combine(root, run.Path);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var result = ResultFile.Read(path);
            return result.Command == run.Command
                ? result
                : throw new InputException($"{run.Path}: made by «{result.Command}» instead of «{run.Command}».");
        }
        catch (FormatException exception)
        {
            throw new InputException(exception.Message);
        }
    }
}
