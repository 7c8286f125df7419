using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Tests.Figures;

/// <summary>No figure of the documentation is typed by hand.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Pages_show_what_the_result_files_give() =>
        Assert.Equal([], FigurePages.Stale(Repository.Root).Select(page => $"{page.Page}: run ./cpf-ml figures"));
}
