using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class SeriesIdentityTests
{
    [Fact]
    public void Series_id_does_not_depend_on_the_order_of_labels() =>
        Assert.Equal(
            new SeriesIdentity("up", [new("b", "2"), new("a", "1")]).Id,
            new SeriesIdentity("up", [new("a", "1"), new("b", "2")]).Id);

    [Fact]
    public void Quote_in_a_label_value_does_not_collide_with_another_label() =>
        Assert.NotEqual(
            new SeriesIdentity("up", [new("a", "1\",b=\"2")]).Key,
            new SeriesIdentity("up", [new("a", "1"), new("b", "2")]).Key);
}
