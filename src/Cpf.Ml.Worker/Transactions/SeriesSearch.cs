using System.Collections.Concurrent;
using Cpf.Ml.Scoring;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Transactions;

/// <param name="Id">Of the series.</param>
internal sealed record FoundSeries(long Id, Text Name, string Service);

/// <summary>Finds series by words of their names. A name is folded once and not at every keystroke.
/// Thread-safe.</summary>
internal sealed class SeriesSearch(EstateReading estate)
{
    private readonly ConcurrentDictionary<long, (FoundSeries Series, string Text)> _known = new();

    /// <summary>The first series that have all words in their names or labels, those with an open alert before
    /// others.</summary>
    /// <param name="words">As <see cref="SearchText.Words"/> gives them.</param>
    public IReadOnlyList<FoundSeries> Find(string[] words, int max)
    {
        var all = estate.Series();
        if (_known.Count > 2 * all.Count + 1000)
        {
            // Most of them are no longer watched.
            _known.Clear();
        }

        return
        [
            .. all.Where(series => series.AlertOpen).Concat(all.Where(series => !series.AlertOpen))
                .Select(Named)
                .Where(named => Array.TrueForAll(words, word => named.Text.Contains(word, StringComparison.Ordinal)))
                .Take(max)
                .Select(named => named.Series),
        ];
    }

    private (FoundSeries Series, string Text) Named(SeriesStatus status) =>
        _known.TryGetValue(status.Series.Identity.Id, out var named) ? named
            : _known[status.Series.Identity.Id] = Fold(status);

    private static (FoundSeries Series, string Text) Fold(SeriesStatus status)
    {
        var (series, name) = (status.Series, SeriesNames.Of(status.Series));
        return (
            new FoundSeries(series.Identity.Id, name, series.Service),
            string.Join(
                '\n', SearchText.Fold(name.Fr), SearchText.Fold(name.En), SearchText.Fold(series.Identity.Key)));
    }
}
