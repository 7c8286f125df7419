using System.Globalization;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>A page of a whole estate; the time to draw it is in the test's output.</summary>
[Trait("Stage", "Figures")]
public sealed class LargeEstateTests(ConsoleFixture console, ITestOutputHelper output) : IClassFixture<ConsoleFixture>
{
    private const int Series = 5000;
    private const int Services = 120;

    [Fact]
    public async Task Estate_page_holds_five_thousand_series_that_search_finds()
    {
        await SendAsync();
        var screen = new Screen("fr", 1280);
        var first = await console.OpenAsync("/estate", screen);
        await first.ReloadAsync(new() { WaitUntil = WaitUntilState.Load });
        var times = await first.EvaluateAsync<double[]>(
            """
            async () => {
              const drawn = await new Promise(resolve => new PerformanceObserver(list => {
                const paint = list.getEntriesByName('first-contentful-paint')[0];
                if (paint) resolve(paint);
              }).observe({ type: 'paint', buffered: true }));
              const all = performance.getEntriesByType('navigation')[0];
              const loaded = all.domContentLoadedEventEnd;
              return [all.responseStart, all.responseEnd, loaded, drawn.startTime, all.decodedBodySize];
            }
            """);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Series} series: first byte {times[0]:0} ms, last byte {times[1]:0} ms, DOM {times[2]:0} ms, first paint "
                + $"{times[3]:0} ms, {times[4] / 1024:0} KiB"));

        await Assertions.Expect(first.Locator(".estate-group")).ToHaveCountAsync(Services);
        await Assertions.Expect(first.Locator("main [role=status]").First).ToContainTextAsync("5\u202f000 séries");
        await screen.LookAsync(first, "estate-5000");
        await first.Keyboard.PressAsync("Control+k");
        await first.Keyboard.TypeAsync("4962 SERVICE-042 file");
        await Assertions.Expect(first.Locator(".search-results a[href^='/series/']")).ToHaveCountAsync(1);
        await first.Context.CloseAsync();
    }

    private async Task SendAsync()
    {
        var intake = console.Services.GetRequiredService<Intake>();
        var source = console.Services.GetRequiredService<IngestHealth>().Source(IngestHealth.Metrics);
        var random = new Random(3);
        var targets = Enumerable.Range(0, Series).Select(i => new SeriesTarget(new SeriesDescriptor(
            new SeriesIdentity(
                "file_attente", [new("service", $"service-{i % Services:000}"), new("instance", $"{i}")]),
            MetricKind.Gauge, "", $"service-{i % Services:000}"))).ToList();
        var now = console.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        for (var minute = 110; minute >= 0; minute -= 10)
        {
            var batch = intake.Batch();
            foreach (var target in targets)
            {
                batch.Add(target, now.AddMinutes(-minute).ToUnixTimeMilliseconds(), 10 + random.NextDouble());
            }

            await intake.SubmitAsync(batch, source, TestContext.Current.CancellationToken);
        }
    }
}
