using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Tests.Platform;

public sealed class TableFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Only_files_of_tables_are_found_in_the_order_of_the_tables()
    {
        var (first, second) = (PlatformContract.Tables[0].Name, PlatformContract.Tables[1].Name);
        Write($"{second}.csv", "b");
        Write($"{first}.parquet", "a");
        Write("notes.csv", "c");

        Assert.Equal(
            [$"{first}.parquet", $"{second}.csv"],
            TableFiles.In(_folder, PlatformContract.Tables).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void Hash_of_a_file_is_the_SHA_256_of_its_bytes()
    {
        var name = PlatformContract.Tables[0].Name + ".csv";
        Write(name, "abc");

        // The first test vector of FIPS 180-2.
        Assert.Equal(
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            TableFiles.Hashes(_folder, PlatformContract.Tables)[name]);
    }

    [Fact]
    public void Fingerprint_changes_with_the_text_a_name_and_a_byte_and_with_nothing_else()
    {
        var (text, other) = (Write("one.csv", "abc"), Write("other.csv", "abc"));
        var before = TableFiles.Fingerprint("x", [text]);
        File.SetLastWriteTimeUtc(text, new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(before, TableFiles.Fingerprint("x", [text]));
        Assert.NotEqual(before, TableFiles.Fingerprint("y", [text]));
        Assert.NotEqual(before, TableFiles.Fingerprint("x", [other]));
        Write("one.csv", "abd");
        Assert.NotEqual(before, TableFiles.Fingerprint("x", [text]));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
