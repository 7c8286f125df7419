namespace Cpf.Ml.Worker.Alerts;

/// <summary>Who is notified of incidents, and the addresses in what they are sent.</summary>
/// <param name="ConsoleUrl">Address of the console as receivers reach it.</param>
/// <param name="Publishers">Names of the publishers that each notification is queued for.</param>
internal sealed record AlertReceivers(string ConsoleUrl, IReadOnlyList<string> Publishers)
{
    private string Root => ConsoleUrl.TrimEnd('/');

    public string SchemaUrl => $"{Root}/docs/alert.schema.json";

    public string IncidentUrl(string id) => $"{Root}/incidents/{id}";

    public string RunbookUrl(string rule) => $"{Root}/docs/runbooks/{rule}.md";
}
