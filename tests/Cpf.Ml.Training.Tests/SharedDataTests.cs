using Xunit.Sdk;

namespace Cpf.Ml.Training.Tests;

public sealed class SharedDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cpfml").FullName;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Where_real_data_is_not_there_a_test_is_skipped(string? ci)
    {
        // Not Assert.Throws: it lets a skip through, and this test would be the one that is skipped.
        var message = "";
        try
        {
            SharedData.Folder("nab", _folder, ci);
        }
        catch (SkipException skipped)
        {
            message = skipped.Message;
        }

        Assert.EndsWith("../shared/data/nab is not there.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_tests_must_be_complete_it_fails()
    {
        var failed = Assert.Throws<DirectoryNotFoundException>(() => SharedData.Folder("nab", _folder, "true"));

        Assert.Equal("../shared/data/nab is not there, and CI is set.", failed.Message);
    }

    [Fact]
    public void It_is_found_from_any_folder_below()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "shared", "data", "nab")).FullName;
        var below = Directory.CreateDirectory(Path.Combine(_folder, "main", "artifacts", "bin")).FullName;

        Assert.Equal(data, SharedData.Folder("nab", below, "true"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
