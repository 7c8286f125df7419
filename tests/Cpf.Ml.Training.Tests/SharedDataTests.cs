using Xunit.Sdk;

namespace Cpf.Ml.Training.Tests;

public sealed class SharedDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cpfml").FullName;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Missing_shared_data_skips_the_test(string? ci)
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
    public void Missing_shared_data_fails_the_test_in_CI()
    {
        var failed = Assert.Throws<DirectoryNotFoundException>(() => SharedData.Folder("nab", _folder, "true"));

        Assert.Equal("../shared/data/nab is not there, and CI is set.", failed.Message);
    }

    [Fact]
    public void Shared_data_is_found_from_any_folder_below()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "shared", "data", "nab")).FullName;
        var below = Directory.CreateDirectory(Path.Combine(_folder, "main", "artifacts", "bin")).FullName;

        Assert.Equal(data, SharedData.Folder("nab", below, "true"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
