using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Scoring.Tests.Alerts;

public sealed class EventSentencesTests
{
    [Theory]
    [InlineData(
        Capability.Transactions, IncidentEventKind.Joined, "Une série de plus : Taille", "One more series: Size")]
    [InlineData(
        Capability.Neutrality,
        IncidentEventKind.Joined,
        "Une comparaison de plus : Taille",
        "One more comparison: Size")]
    [InlineData(
        Capability.Transactions, IncidentEventKind.Quieted, "Retour à la normale : Taille", "Back to normal: Size")]
    [InlineData(
        Capability.Neutrality,
        IncidentEventKind.Quieted,
        "Biais qui n'est plus prouvé : Taille",
        "Bias that is no longer proven: Size")]
    public void Timeline_speaks_of_series_or_comparisons_by_capability(
        Capability capability, IncidentEventKind kind, string french, string english)
    {
        var line = new IncidentEvent(
            "e", "i", default, IncidentEvent.System, kind, 1, new EventDetail { Series = new("Taille", "Size") });

        var sentence = EventSentences.Of(line, capability);

        Assert.Equal((french, english), (sentence.Fr.Replace('\u00a0', ' '), sentence.En));
    }
}
