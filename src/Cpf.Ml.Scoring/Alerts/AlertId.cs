using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Ids derived from content, so that they are the same after any restart.</summary>
public static class AlertId
{
    /// <summary>The id of an alert.</summary>
    /// <param name="rule">The rule that raised it.</param>
    /// <param name="seriesId">The series or source.</param>
    /// <param name="openedAt">When it opened, to the millisecond.</param>
    /// <returns>32 hexadecimal digits.</returns>
    public static string Of(string rule, string seriesId, DateTimeOffset openedAt) =>
        Hash("alert", rule, seriesId, openedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    /// <summary>XxHash128 of the parts, each preceded by its length, so that different lists of parts differ.</summary>
    /// <param name="parts">The parts, in order.</param>
    /// <returns>32 hexadecimal digits.</returns>
    public static string Hash(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:").Append(part);
        }

        return XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text.ToString()))
            .ToString("x32", CultureInfo.InvariantCulture);
    }
}
