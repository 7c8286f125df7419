using Cpf.Ml.Scoring.Tests.Matching;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Matching;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cpf.Ml.Worker.Tests.Matching;

public sealed class CatalogueLoadingTests
{
    [Fact]
    public void Newer_model_is_loaded_and_a_damaged_one_leaves_the_last_in_service()
    {
        using var folder = new TemporaryFolder();
        var loading = Of(folder.Path);
        loading.Load();
        Assert.Contains("cannot be read", loading.LastError, StringComparison.Ordinal);
        Assert.Equal(503, Assert.Throws<RefusedException>(() => loading.Required).Status);

        MatchingSample.Write(folder.Path);
        loading.Load();
        Assert.Null(loading.LastError);
        var first = loading.Required.Model;

        MatchingSample.Write(folder.Path, MatchingSample.Fiches.Take(3));
        File.SetLastWriteTimeUtc(
            Path.Combine(folder.Path, "manifest.json"), new DateTime(2040, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        loading.Load();
        Assert.NotEqual(first, loading.Required.Model);
        Assert.Equal(3, loading.Required.Catalogue.Fiches.Length);

        File.WriteAllText(Path.Combine(folder.Path, "catalogue.json"), "[]");
        File.SetLastWriteTimeUtc(
            Path.Combine(folder.Path, "manifest.json"), new DateTime(2041, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        loading.Load();
        Assert.Contains("catalogue.json", loading.LastError, StringComparison.Ordinal);
        Assert.Equal(3, loading.Required.Catalogue.Fiches.Length);
    }

    [Fact]
    public void Missing_folder_is_reported_with_what_to_do() =>
        Assert.Contains(
            "cpf-ml train matching",
            Assert.Throws<RefusedException>(() => Of("").Required).Reason.Fr,
            StringComparison.Ordinal);

    /// <summary>The imagined register in service.</summary>
    internal static CatalogueLoading Loaded()
    {
        using var folder = new TemporaryFolder();
        MatchingSample.Write(folder.Path);
        var loading = Of(folder.Path);
        loading.Load();
        return loading;
    }

    private static CatalogueLoading Of(string folder) =>
        new(new MatchingSettings { Model = folder },
            Periodic.On(TimeProvider.System), NullLogger<CatalogueLoading>.Instance);
}
