using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Tests.Alerts;

public sealed class EventDetailTests
{
    [Theory]
    [InlineData(Suppression.Silenced, "silenced")]
    [InlineData(Suppression.AlreadyNotified, "alreadyTold")]
    [InlineData(Suppression.NeverNotified, "neverTold")]
    public void Suppression_is_written_and_read_under_the_names_of_stored_events(Suppression suppression, string name)
    {
        var json = StoredJson.Write(new EventDetail { Suppression = suppression });

        Assert.Equal($$"""{"notTold":"{{name}}"}""", json);
        Assert.Equal(suppression, StoredJson.Read<EventDetail>(json).Suppression);
    }
}
