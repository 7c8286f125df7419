using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Ids that follow from content: whoever computes one again, after any restart, gets the same.</summary>
public static class AlertId
{
    /// <returns>32 hexadecimal digits.</returns>
    public static string Of(string rule, string seriesId, DateTimeOffset openedAt) =>
        Hash("alert", rule, seriesId, openedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    /// <summary>XxHash128 of the parts, each with its length before it so that no two lists of parts are written
    /// alike.</summary>
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
