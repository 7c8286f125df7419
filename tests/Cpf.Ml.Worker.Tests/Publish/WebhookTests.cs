using System.Text;
using System.Text.Json;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Publish;
using Cpf.Ml.Worker.Tests.Alerts;
using Cpf.Ml.Worker.Tests.Fixtures;
using NJsonSchema;
using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Worker.Tests.Publish;

public sealed class WebhookTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string NextSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The example of the Standard Webhooks libraries.</summary>
    [Fact]
    public void A_message_is_signed_as_standard_webhooks_say() =>
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignature.Sign(
                [Secret],
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                Encoding.UTF8.GetBytes("{\"test\": 2432232314}")));

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_short")]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODw==")]
    [InlineData("whsec_not base64 at all, though long enough to be one")]
    public void Invalid_secret_is_refused_without_being_repeated(string secret)
    {
        var settings = new PublishSettings
        {
            Webhooks = [new() { Name = "duty", Url = "http://127.0.0.1:1/", Secrets = [secret] }],
        };

        Assert.Equal(
            "Webhooks:0:Secrets:0 must be whsec_ followed by base64 of 24 to 64 bytes.",
            Assert.Single(settings.Validate()));
    }

    [Fact]
    public async Task An_incident_arrives_as_a_cloud_event_that_both_secrets_sign_and_the_schema_allows()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = await PublishHost.StartAsync(Settings(receiver.Url));
        await host.Stores.ProcessAsync(Open(Alert(0)));

        var delivery = await receiver.NextAsync();

        Assert.True(delivery.IsSignedBy(Secret));
        Assert.True(delivery.IsSignedBy(NextSecret));
        Assert.False(delivery.IsSignedBy("whsec_" + Convert.ToBase64String(new byte[24])));
        Assert.Equal("application/cloudevents+json; charset=utf-8", delivery.ContentType);
        var cloudEvent = JsonDocument.Parse(delivery.Body).RootElement;
        var incident = await host.Stores.SingleAsync();
        Assert.Equal(
            ("1.0", "fr.cpf-ml.incident.opened.v1", incident.Id, delivery.Id),
            (
                Text(cloudEvent, "specversion"),
                Text(cloudEvent, "type"),
                Text(cloudEvent, "subject"),
                Text(cloudEvent, "id")));
        Assert.Equal("https://cpf-ml.example/docs/alert.schema.json", Text(cloudEvent, "dataschema"));
        var schema = await JsonSchema.FromFileAsync(Repository.In("docs/alert.schema.json"), Cancellation);
        Assert.Empty(schema.Validate(cloudEvent.GetProperty("data").GetRawText()));
    }

    [Fact]
    public async Task Event_of_a_neutrality_incident_names_its_capability_and_the_schema_allows_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = await PublishHost.StartAsync(Settings(receiver.Url));
        await host.Stores.ProcessAsync(
            Open(Alert(0, "size/large", "search-engine", capability: Capability.Neutrality)));

        var data = JsonDocument.Parse((await receiver.NextAsync()).Body).RootElement.GetProperty("data");

        Assert.Equal(
            ("neutrality", "https://cpf-ml.example/docs/runbooks/neutrality.md"),
            (Text(data, "capability"), Text(data, "runbookUrl")));
        var schema = await JsonSchema.FromFileAsync(Repository.In("docs/alert.schema.json"), Cancellation);
        Assert.Empty(schema.Validate(data.GetRawText()));
        Assert.NotEmpty(
            schema.Validate(data.GetRawText().Replace("neutrality\"", "search\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Notices_of_an_incident_arrive_in_order_after_failed_attempts()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = 503;
        await using var host = await PublishHost.StartAsync(Settings(receiver.Url));
        await host.Stores.ProcessAsync(Open(Alert(0)));
        await host.Stores.ProcessAsync(Open(Alert(1, "s2", severity: Severity.Critical)));
        await host.Stores.Actions.CloseAsync(
            (await host.Stores.SingleAsync()).Id, null, AlertStores.Alice, Cancellation);
        await host.UntilAsync(
            "webhook-duty", status => status.LastError?.StartsWith("HTTP 503", StringComparison.Ordinal) == true);

        receiver.Answer = 204;

        WebhookDelivery[] deliveries = [
            await receiver.NextAsync(),
            await receiver.NextAsync(),
            await receiver.NextAsync(),
        ];
        Assert.Equal(
            ["opened", "escalated", "closed"],
            deliveries.Select(delivery => Text(JsonDocument.Parse(delivery.Body).RootElement, "type").Split('.')[3]));
        await host.UntilAsync("webhook-duty", status => status.Pending == 0);
        Assert.Equal(
            ["opened", "escalated", "closed"],
            (await host.Stores.TimelineAsync((await host.Stores.SingleAsync()).Id))
                .Where(line => line.Kind == IncidentEventKind.Published && line.Detail.Publisher == "webhook-duty")
                .Select(line => line.Detail.To));
    }

    [Fact]
    public async Task Unavailable_receiver_delays_only_its_own_messages()
    {
        var port = FreePort.Take();
        await using var healthy = await WebhookReceiver.StartAsync();
        await using var host = await PublishHost.StartAsync(
            Settings(
                healthy.Url,
                new WebhookSettings { Name = "down", Url = $"http://127.0.0.1:{port}/", Secrets = [Secret] }));
        await host.Stores.ProcessAsync(Open(Alert(0)), Open(Alert(0, "s2", service: "search")));

        await healthy.NextAsync();
        await healthy.NextAsync();
        await host.UntilAsync("webhook-down", status => status is { Pending: 2, Dead: 0, LastError: not null });
        await using var back = await WebhookReceiver.StartAsync(port);

        var delivered = new[] { (await back.NextAsync()).Id, (await back.NextAsync()).Id };
        Assert.Equal(2, delivered.Distinct().Count());
        await host.UntilAsync("webhook-down", status => status is { Pending: 0, Dead: 0 });
    }

    [Fact]
    public async Task Permanently_refused_message_is_a_dead_letter_and_resent_with_the_same_id()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = 410;
        await using var host = await PublishHost.StartAsync(Settings(receiver.Url));
        await host.Stores.ProcessAsync(Open(Alert(0)));
        await host.UntilAsync("webhook-duty", status => status is { Dead: 1, Pending: 0 });
        var dead = Assert.Single(await host.DeadLetters.ReadAsync(Cancellation));

        receiver.Answer = 204;
        await host.DeadLetters.ResendAsync(dead.Id, AlertStores.Alice, Cancellation);

        Assert.Equal(dead.Id, (await receiver.NextAsync()).Id);
        Assert.Equal(dead.Id, receiver.Seen.Distinct().Single());
        await host.UntilAsync("webhook-duty", status => status.Dead == 0);
        var audit = await host.Stores.Audit.ReadAsync(new(Action: "publish."), Cancellation);
        Assert.Equal(("alice", dead.Id), (Assert.Single(audit).Actor, audit[0].Subject));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(302)]
    [InlineData(503)]
    public async Task Repairable_error_is_retried_until_delivery(int answer)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = answer;
        await using var host = await PublishHost.StartAsync(Settings(receiver.Url, attempts: 10_000));
        await host.Stores.ProcessAsync(Open(Alert(0)));
        await host.UntilAsync(
            "webhook-duty", status => status.LastError?.StartsWith($"HTTP {answer}", StringComparison.Ordinal) == true);

        receiver.Answer = 204;

        await receiver.NextAsync();
        await host.UntilAsync("webhook-duty", status => status is { Pending: 0, Dead: 0 });
    }

    [Theory]
    [InlineData(400)]
    [InlineData(410)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task Permanent_status_gives_the_message_up_immediately(int answer)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = answer;
        await using var host = await PublishHost.StartAsync(Settings(receiver.Url));

        await host.Stores.ProcessAsync(Open(Alert(0)));

        await host.UntilAsync("webhook-duty", status => status.Dead == 1);
        Assert.Single(receiver.Seen);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(500)]
    public async Task Transient_error_gives_the_message_up_after_the_last_attempt(int answer)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = answer;
        await using var host = await PublishHost.StartAsync(Settings(receiver.Url));

        await host.Stores.ProcessAsync(Open(Alert(0)));

        await host.UntilAsync("webhook-duty", status => status.Dead == 1);
        Assert.Equal(6, receiver.Seen.Count);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await WebhookReceiver.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        (receiver.Answer, receiver.Location) = (307, elsewhere.Url);
        await using var host = await PublishHost.StartAsync(Settings(receiver.Url));

        await host.Stores.ProcessAsync(Open(Alert(0)));

        await host.UntilAsync("webhook-duty", status => status.Dead == 1);
        Assert.Empty(elsewhere.Seen);
    }

    [Fact]
    public async Task No_secret_and_no_address_with_a_key_is_written_to_the_log()
    {
        using var log = new CapturedLog();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = 500;
        await using (var host = await PublishHost.StartAsync(Settings(receiver.Url), log))
        {
            await host.Stores.ProcessAsync(Open(Alert(0)));
            await host.UntilAsync("webhook-duty", status => status.Dead == 1);
        }

        Assert.Contains("webhook-duty refused message", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("in-the-address", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", log.Text, StringComparison.Ordinal);
    }

    private static PublishSettings Settings(string url, params WebhookSettings[] others) => Settings(url, 6, others);

    private static PublishSettings Settings(string url, int attempts, params WebhookSettings[] others) => new()
    {
        ConsoleUrl = "https://cpf-ml.example",
        Webhooks = [new() { Name = "duty", Url = url, Secrets = [Secret, NextSecret] }, .. others],
        FirstRetryDelay = TimeSpan.FromMilliseconds(20),
        MaxRetryDelay = TimeSpan.FromMilliseconds(100),
        MaxAttempts = attempts,
    };

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
