using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Tests.Platform;

/// <summary><c>docs/platform-data.md</c> says what the contract says. <c>CPFML_WRITE_DOCS=1</c> writes it.</summary>
public sealed class PlatformDocsTests
{
    [Fact]
    public void The_page_is_the_one_that_the_contract_gives()
    {
        var path = Repository.In("docs/platform-data.md");
        if (Environment.GetEnvironmentVariable("CPFML_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, Page());
        }

        Assert.Equal(Page(), File.ReadAllText(path));
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Platform data

            What the generator writes, the importers write, the features read and the tests check. Written from `src/Cpf.Ml.Scoring/Platform/PlatformContract.cs` by a test.

            - A folder, a file a table: `table.parquet` or `table.csv` (comma, header, UTF-8, empty for no value). Case and order of columns do not matter; others are passed over.
            - Text of any length; whole numbers of 64 bits; amounts in EUR with two decimals; dates `2026-03-31` of the calendar in France; instants `2026-03-31 10:05:00` in UTC; `true` or `false`.
            - *may be empty*: a value. *may be missing*: the whole column or table; features that need it are then not computable, which is said and never counts against anybody.
            - Direct identifiers of people, accounts and machines come as keyed hashes. Age, sex, nationality and residence of learners are not in it.
            - A wrong file is refused with file, line, column, value and reason, everything that is wrong at once.


            """);
        foreach (var table in PlatformContract.Tables)
        {
            var notes = (table.Key.IsEmpty ? string.Empty : $" Key: {string.Join(", ", table.Key)}.") + (table.IsOptional ? " May be missing." : string.Empty);
            page.Append(CultureInfo.InvariantCulture, $"## {table.Name}\n\n{table.Meaning}{notes}\n\n| column | type | meaning |\n|---|---|---|\n");
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
    }) + (column.IsOptional ? ", may be missing" : string.Empty) + (column.IsNullable ? ", may be empty" : string.Empty);

    private static string Meaning(PlatformColumn column) => column.Meaning
        + (column.Values.IsEmpty ? string.Empty : $" One of {string.Join(", ", column.Values.Select(value => $"`{value}`"))}.")
        + (column.References is { } other ? $" In {other}." : string.Empty)
        + ((column.Least, column.Most) switch
        {
            ({ } least, { } most) => $" From {least} to {most}.",
            ({ } least, null) => $" At least {least}.",
            _ => string.Empty,
        });
}
