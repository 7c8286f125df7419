using Cpf.Ml.Worker.Ingest;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>The name that people know a series by: what it measures, then what tells it from its neighbours.</summary>
internal static class SeriesNames
{
    /// <summary>Labels that say where a figure was taken, not what it is of.</summary>
    private static readonly HashSet<string> Plumbing = new(StringComparer.Ordinal) { "instance", "job", "service", "__name__" };

    public static string Of(SeriesEntry entry)
    {
        var identity = entry.Identity;
        var told = identity.Labels.Where(label => !Plumbing.Contains(label.Key)).Select(label => label.Value).ToList();
        return told.Count == 0 ? identity.Name : $"{identity.Name} ({string.Join(", ", told)})";
    }
}
