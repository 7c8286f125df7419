using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class SeriesIdentityTests
{
    [Fact]
    public void The_order_of_labels_does_not_matter() =>
        Assert.Equal(
            new SeriesIdentity("up", [new("b", "2"), new("a", "1")]).Id,
            new SeriesIdentity("up", [new("a", "1"), new("b", "2")]).Id);

    [Fact]
    public void A_quote_in_a_value_cannot_forge_another_label() =>
        Assert.NotEqual(
            new SeriesIdentity("up", [new("a", "1\",b=\"2")]).Key,
            new SeriesIdentity("up", [new("a", "1"), new("b", "2")]).Key);
}
