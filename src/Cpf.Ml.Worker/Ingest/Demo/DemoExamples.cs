using System.Globalization;
using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Worker.Ingest.Demo;

/// <summary>Single transactions of the imagined platform.</summary>
internal static class DemoExamples
{
    /// <summary>Most examples drawn a minute: nobody would look at thousands.</summary>
    private const int MaxCount = 300;

    private const long MinuteLength = 60_000;

    /// <param name="count">Transactions of the minute, at least 1.</param>
    /// <param name="median">Of the duration in this minute, seconds.</param>
    /// <param name="failing">Share of them that fails.</param>
    public static TransactionExamples Draw(
        DemoOperation operation, long minute, long count, double median, double failing, ref DemoChance chance)
    {
        var picker = new ExamplePicker();
        for (var left = Math.Min(count, MaxCount); left > 0; left--)
        {
            var duration = median * Math.Exp(operation.Spread * chance.Normal());
            var end = minute + (long)(chance.Uniform() * (MinuteLength - 1));
            picker.Add(new TransactionEvent(
                operation.Group.Service,
                operation.Group.Operation,
                Pick(DemoOperation.Channels, chance.Uniform()),
                Pick(DemoOperation.Regions, chance.Uniform()),
                end - (long)(1000 * duration),
                duration,
                chance.Uniform() < failing,
                ((long)(chance.Uniform() * (1L << 40))).ToString("x10", CultureInfo.InvariantCulture)));
        }

        return picker.Pick();
    }

    /// <summary>Draws a name by its share; empty for the rest.</summary>
    private static string Pick((string Name, double Share)[] names, double chance)
    {
        foreach (var (name, share) in names)
        {
            chance -= share;
            if (chance < 0)
            {
                return name;
            }
        }

        return "";
    }
}
