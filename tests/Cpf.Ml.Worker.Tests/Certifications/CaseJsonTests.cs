using System.Text.Json;
using Cpf.Ml.Worker.Storage;
using static Cpf.Ml.Worker.Tests.Certifications.CaseSample;

namespace Cpf.Ml.Worker.Tests.Certifications;

public sealed class CaseJsonTests
{
    private static readonly JsonElement Json = JsonDocument.Parse(StoredJson.Write(Case("RS1") with
    {
        LeaseHolder = "alice",
        LeaseExpiresAt = Start,
        Rationale = "conforme",
        Evidence = Evidence,
    })).RootElement;

    [Theory]
    [InlineData("stream", "top")]
    [InlineData("holder", "alice")]
    [InlineData("heldUntil", "2026-07-01T08:00:00+00:00")]
    [InlineData("motive", "conforme")]
    [InlineData("document.of", "1440")]
    [InlineData("document.reasons.usual", "0.031")]
    [InlineData("evidence.reasons.F05.dossiers.most.purchaseId", "710000")]
    public void Json_names_of_a_case_stay_those_of_stored_cases_and_of_the_api(string path, string value)
    {
        var element = Json;
        foreach (var name in path.Split('.'))
        {
            element = (element.ValueKind == JsonValueKind.Array ? element[0] : element).GetProperty(name);
        }

        Assert.Equal(value, element.ToString());
    }
}
