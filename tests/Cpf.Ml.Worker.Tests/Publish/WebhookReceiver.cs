using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cpf.Ml.Worker.Tests.Publish;

/// <summary>
/// A receiver of webhooks as a stranger would write it from the Standard Webhooks text: it checks signatures over the
/// raw bytes.
/// </summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<WebhookDelivery> _deliveries = Channel.CreateUnbounded<WebhookDelivery>();

    private WebhookReceiver(WebApplication app) => _app = app;

    /// <summary>What to answer from now on.</summary>
    public int Answer { get; set; } = 204;

    /// <summary>Where answers of 3xx point to.</summary>
    public string Location { get; set; } = "";

    public string Url { get; private set; } = "";

    /// <summary>Ids of everything that came, in order, also of what was refused.</summary>
    public ConcurrentQueue<string> Seen { get; } = [];

    public static async Task<WebhookReceiver> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        receiver.Url = app.Urls.First() + "/hooks/cpf-ml?key=in-the-address";
        return receiver;
    }

    /// <summary>The next request that was answered with success.</summary>
    public async Task<WebhookDelivery> NextAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        return await _deliveries.Reader.ReadAsync(deadline.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var id = context.Request.Headers["webhook-id"].ToString();
        Seen.Enqueue(id);
        context.Response.StatusCode = Answer;
        if (Location.Length > 0)
        {
            context.Response.Headers.Location = Location;
        }

        if (Answer < 300)
        {
            await _deliveries.Writer.WriteAsync(new WebhookDelivery(
                id,
                long.TryParse(
                    context.Request.Headers["webhook-timestamp"].ToString(),
                    CultureInfo.InvariantCulture,
                    out var timestamp) ? timestamp : 0,
                context.Request.Headers["webhook-signature"].ToString(),
                context.Request.ContentType ?? "",
                body.ToArray()));
        }
    }
}

internal sealed record WebhookDelivery(string Id, long Timestamp, string Signatures, string ContentType, byte[] Body)
{
    public bool IsSignedBy(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{Id}.{Timestamp}."), .. Body];
        var expected = HMACSHA256.HashData(key, signed);
        return Signatures.Split(' ').Any(signature =>
            signature.StartsWith("v1,", StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(signature[3..]), expected));
    }
}
