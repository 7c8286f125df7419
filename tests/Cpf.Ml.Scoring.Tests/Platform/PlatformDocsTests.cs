using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Tests.Platform;

/// <summary>
/// <c>docs/platform-data.md</c> and <c>docs/search-log.md</c> say what the contracts say. <c>CPFML_WRITE_DOCS=1</c>
/// writes them.
/// </summary>
public sealed class PlatformDocsTests
{
    private const string PlatformHead = """
        # Platform data

        What the generator writes, the importers write, the features read and the tests check. Written from
        `src/Cpf.Ml.Scoring/Platform/PlatformContract.cs` by a test.

        - A folder, a file a table: `table.parquet` or `table.csv` (comma, header, UTF-8, empty for no value). Case and
          order of columns do not matter; others are passed over.
        - Text of any length; whole numbers of 64 bits; amounts in EUR with two decimals; dates `2026-03-31` of the
          calendar in France; instants `2026-03-31 10:05:00` in UTC; `true` or `false`.
        - *may be empty*: a value. *may be missing*: the whole column or table; features that need it are then
          not computable, which is said and never counts against anybody.
        - Direct identifiers of people, accounts and machines come as keyed hashes. Age, sex, nationality and
          residence of learners are not in it.
        - A wrong file is refused with file, line, column, value and reason, everything that is wrong at once.


        """;

    private const string SearchHead = """
        # Search log

        What `cpf-ml neutrality audit` and the service audit. Written from
        `src/Cpf.Ml.Scoring/Neutrality/Logs/SearchLogContract.cs` by a test. Files and values are as in
        [platform data](platform-data.md).

        - Log every offer that a search could have shown, not only those that it did: what is not shown counts, with
          exposure 0. An empty rank says so.
        - Relevance must be without what is audited. A relevance that holds the bias hides it.
        - Context is a class of situation, never a person. Of a pair of questions that mean the same (`family`,
          `pair`), each question is a search of its own.
        - What cannot be used is left out by rule and counted in the report: a search whose ranks are not 1, 2, 3, …;
          one in which every relevance is 0; repeated impressions (the best rank counts); impressions of an unknown
          search, offer or organisation; clicks on an offer without a rank.


        """;

    [Theory]
    [InlineData("docs/platform-data.md")]
    [InlineData("docs/search-log.md")]
    public void Contract_page_equals_the_contract(string name)
    {
        var page = name.Contains("search", StringComparison.Ordinal)
            ? Page(SearchHead, SearchLogContract.Tables)
            : Page(PlatformHead, PlatformContract.Tables);
        var path = Repository.In(name);
        if (Environment.GetEnvironmentVariable("CPFML_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.Equal(page, File.ReadAllText(path));
    }

    private static string Page(string head, ImmutableArray<PlatformTable> tables)
    {
        var page = new StringBuilder(head);
        foreach (var table in tables)
        {
            var key = table.Key.IsEmpty ? string.Empty : $"\nKey: {string.Join(", ", table.Key)}.";
            var notes = key + (table.IsOptional ? "\nMay be missing." : string.Empty);
            page.Append(
                CultureInfo.InvariantCulture,
                $"## {table.Name}\n\n{table.Meaning}{notes}\n\n| column | type | meaning |\n|---|---|---|\n");
            foreach (var column in table.Columns)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {column.Name} | {Type(column)} | {Meaning(column)} |\n");
            }

            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Type(PlatformColumn column) => (column.Type switch
    {
        PlatformType.Characters => "text",
        PlatformType.Count => "whole number",
        PlatformType.Money => "amount",
        var other => other.ToString().ToLowerInvariant(),
    })
        + (column.IsOptional ? ", may be missing" : string.Empty)
        + (column.IsNullable ? ", may be empty" : string.Empty);

    private static string Meaning(PlatformColumn column) => column.Meaning
        + (column.Values.IsEmpty
            ? string.Empty
            : $" One of {string.Join(", ", column.Values.Select(value => $"`{value}`"))}.")
        + (column.References is { } other ? $" In {other}." : string.Empty)
        + ((column.Min, column.Max) switch
        {
            ({ } min, { } max) => $" From {min} to {max}.",
            ({ } min, null) => $" At least {min}.",
            _ => string.Empty,
        });
}
