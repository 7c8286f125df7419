using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Statistics;
using Cpf.Ml.Training.Data.Generation;
using Cpf.Ml.Training.Neutrality.Generation;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary>Audits of worlds of which the truth is known.</summary>
internal static class AuditTrials
{
    /// <summary>Small, as real audits of a week may be: power is told at this size.</summary>
    public static readonly SearchWorldOptions World = new() { Searches = 1200, Questions = 80, Pairs = 20 };

    /// <summary>Share of unbiased worlds in which any line is called biased, with its 95 % interval.</summary>
    public static (double Share, double Low, double High, int Worlds) FalseAlarms(int worlds, Action<int> progress)
    {
        var alarms = Count(worlds, seed => World with { Seed = seed }, lines => lines.Any(line => line.Verdict == NeutralityVerdict.Biased), progress);
        var (low, high) = Proportions.Interval(alarms, worlds);
        return ((double)alarms / worlds, low, high, worlds);
    }

    /// <summary>Share of worlds in which a planted penalty is found, by the line of its group.</summary>
    public static double Power(int worlds, Penalty penalty, Action<int> progress) => (double)Count(
        worlds, seed => World with { Seed = 100_000 + seed, Penalties = [penalty] },
        lines => lines.Any(line => line.Key == $"{penalty.Dimension}/{penalty.Group}" && line.Verdict == NeutralityVerdict.Biased && line.Effect < 0), progress) / worlds;

    public static IReadOnlyList<AuditLine> Audit(SearchWorldOptions options)
    {
        using var writer = new PlatformWriter(SearchLogContract.Tables);
        return NeutralityAudit.Of(SearchLog.Read(new SearchWorld(options).Write(writer)), new AuditSettings());
    }

    private static int Count(int worlds, Func<int, SearchWorldOptions> options, Func<IReadOnlyList<AuditLine>, bool> isHit, Action<int> progress)
    {
        var (hits, done) = (0, 0);
        Parallel.For(1, worlds + 1, seed =>
        {
            if (isHit(Audit(options(seed))))
            {
                Interlocked.Increment(ref hits);
            }

            progress(Interlocked.Increment(ref done));
        });
        return hits;
    }
}
