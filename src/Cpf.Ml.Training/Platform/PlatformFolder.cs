using System.Globalization;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Platform;

/// <summary>
/// A folder of platform data that a person has named: its faults are reported as faults of their input.
/// </summary>
internal static class PlatformFolder
{
    /// <exception cref="InputException">A file or a value is not as docs/platform-data.md says.</exception>
    public static PlatformData Open(string folder)
    {
        try
        {
            return PlatformData.Open(folder);
        }
        catch (PlatformDataException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    /// <summary>The day after the last purchase: everything is known by then.</summary>
    public static DateOnly LastDay(PlatformData platform) => platform.Connection.Query("SELECT max(ordered_at) FROM "
        + "purchases", row => row.IsDBNull(0) ? (DateTime?)null : row.GetDateTime(0)).Single() is { } last
        ? DateOnly.FromDateTime(last).AddDays(1)
        : throw new InputException("purchases: there is no purchase.");

    public static DateOnly Day(string option, string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : throw new InputException($"{option}: «{text}» is no date yyyy-MM-dd.");
}
