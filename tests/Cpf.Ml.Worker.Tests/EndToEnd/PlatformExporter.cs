using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cpf.Ml.Worker.Tests.EndToEnd;

/// <summary>A simulated platform with metrics for a Prometheus, which can be made to fail.</summary>
internal sealed class PlatformExporter : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PlatformExporter(WebApplication app) => _app = app;

    /// <summary>Factor on the typical duration of a sign-in.</summary>
    public double SignIn { get; set; } = 1;

    /// <summary>Factor on the typical number of purchases.</summary>
    public double Purchases { get; set; } = 1;

    public string Authority => new Uri(_app.Urls.Single()).Authority;

    public static async Task<PlatformExporter> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var exporter = new PlatformExporter(builder.Build());
        exporter._app.MapGet("/metrics", exporter.Show);
        await exporter._app.StartAsync(TestContext.Current.CancellationToken);
        return exporter;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IResult Show() => Results.Text(
        PlatformFigures.Exposition([TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()], SignIn, Purchases),
        "text/plain; version=0.0.4");
}
