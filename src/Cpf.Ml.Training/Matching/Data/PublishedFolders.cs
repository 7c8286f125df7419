using System.Globalization;
using System.Text.RegularExpressions;

namespace Cpf.Ml.Training.Matching.Data;

/// <summary>Folders of published files, known by what is in them: people name folders as they like.</summary>
/// <param name="OldRegister">The register's layout of 2021; null where it is not there, as the others.</param>
/// <param name="Register">The register's official layout; of several the last by name, which has the date in
/// it.</param>
internal sealed partial record PublishedFolders(string? OldRegister, string? Register, string? Rome, string? Shortages)
{
    /// <param name="data">Looked at itself, and each folder in it.</param>
    public static PublishedFolders In(string data)
    {
        List<string> folders =
            Directory.Exists(data) ? [data, .. Directory.EnumerateDirectories(data).Order(StringComparer.Ordinal)] : [];
        string? With(string pattern) => folders.FindLast(folder => Directory.EnumerateFiles(folder, pattern).Any());
        return new(With("rncp_info*.csv"),
            With("export_fiches*_Rome_*.csv"), With("*code_rome_v3*.csv"), With("dares_tensions*.csv"));
    }

    public IEnumerable<string> All => new[] { OldRegister, Register, Rome, Shortages }.OfType<string>().Distinct();

    /// <summary>
    /// The day that the official register's files have in their names; null where there is none. The layout of 2021
    /// says none.
    /// </summary>
    public DateOnly? RegisterOn => Register is null ? null : Directory.EnumerateFiles(Register)
        .Select(file => DateOnly.TryParseExact(Day().Match(Path.GetFileName(file)).Value,
            "yyyy_MM_dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null)
        .Max();

    [GeneratedRegex(@"\d{4}_\d{2}_\d{2}")]
    private static partial Regex Day();
}
