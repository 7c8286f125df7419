using System.Net.Http.Headers;
using Cpf.Ml.Worker.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cpf.Ml.Worker.Tests.Fixtures;

/// <summary>The whole service in this process, on a real port of 127.0.0.1, over a SQLite file of its own.</summary>
/// <remarks>
/// As a class fixture (<c>IClassFixture&lt;WorkerFixture&gt;</c>) it runs with the defaults; derive from it, or call
/// <see cref="StartAsync"/>, for other settings and services.
/// </remarks>
public class WorkerFixture : IAsyncLifetime
{
    /// <summary>Password of every account that <see cref="SignInAsync"/> makes.</summary>
    public const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder = new();
    private WebApplication? _app;

    /// <summary>For example <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    /// <summary>Starts a service with settings and services of one's own; dispose it.</summary>
    internal static async Task<WorkerFixture> StartAsync(
        Dictionary<string, string>? settings = null, Action<IServiceCollection>? services = null)
    {
        var worker = new Adapted(settings ?? [], services ?? (_ => { }));
        await worker.InitializeAsync();
        return worker;
    }

    public virtual async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string>
        {
            ["environment"] = "Production",
            ["Urls"] = "http://127.0.0.1:0",
            ["Storage:Path"] = _folder.In("worker.db"),
            ["Access:SignInsPerMinute"] = "10000",
            ["Access:RequestsPerSecond"] = "10000",
            ["Logging:Console:LogLevel:Default"] = "None",
        };
        foreach (var (name, value) in Settings)
        {
            settings[name] = value;
        }

        if (!settings.ContainsKey("Storage:Connection"))
        {
            await MigratedFile.CopyToAsync(settings["Storage:Path"]);
        }

        var log = new FileLog($"{GetType().Name}-{Path.GetFileName(_folder.Path)}");
        _app = WorkerHost.Build([.. settings.Select(setting => $"--{setting.Key}={setting.Value}")], services =>
        {
            services.AddSingleton<ILoggerProvider>(log);

            // A password is slow to check on purpose, which a test of something else need not wait for.
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);
            Configure(services);
        });
        await _app.PrepareAsync(TestContext.Current.CancellationToken);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Address = new Uri(_app.Urls.Single());
    }

    /// <summary>A client that nobody knows; it follows no redirect and keeps its cookies.</summary>
    public HttpClient Anonymous() =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A client with a new token of these scopes.</summary>
    public async Task<HttpClient> WithTokenAsync(params string[] scopes)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(scopes));
        return client;
    }

    /// <summary>The secret of a new token.</summary>
    public async Task<string> TokenAsync(params string[] scopes)
    {
        var (_, secret) = await Services.GetRequiredService<ApiTokens>()
            .CreateAsync(Actor.System, "test", scopes, null, TestContext.Current.CancellationToken);
        return secret;
    }

    /// <summary>An account with these roles; its name is the first role, its password <see cref="Password"/>.</summary>
    public async Task<string> AccountAsync(params string[] roles)
    {
        var accounts = Services.GetRequiredService<Accounts>();
        if (await accounts.FindAsync(roles[0], TestContext.Current.CancellationToken) is null)
        {
            await accounts.CreateAsync(
                Actor.System, roles[0], roles[0], roles, "fr", Password, TestContext.Current.CancellationToken);
        }

        return roles[0];
    }

    /// <summary>A client in whose cookies a person of these roles is signed in.</summary>
    public async Task<HttpClient> SignInAsync(params string[] roles)
    {
        var client = Anonymous();
        using var answer = await PostSignInAsync(client, await AccountAsync(roles), Password);
        Assert.Equal("/", answer.Headers.Location?.ToString());
        return client;
    }

    /// <summary>Posts the sign-in form as the page does.</summary>
    public async Task<HttpResponseMessage> PostSignInAsync(
        HttpClient client, string name, string password, string returnUrl = "") =>
        await PostFormAsync(
            client, "/sign-in", new() { ["name"] = name, ["password"] = password, ["returnUrl"] = returnUrl });

    /// <summary>Posts a form with a valid antiforgery token.</summary>
    public async Task<HttpResponseMessage> PostFormAsync(
        HttpClient client, string path, Dictionary<string, string> fields)
    {
        // A token is bound to who is signed in; before that, to nobody.
        var context = new DefaultHttpContext { RequestServices = Services };
        var tokens = Services.GetRequiredService<IAntiforgery>().GetTokens(context);
        var options = Services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>(fields) { [tokens.FormFieldName] = tokens.RequestToken! }),
        };
        request.Headers.Add("Cookie", $"{options.Cookie.Name}={tokens.CookieToken}");
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Settings that differ from the defaults, by their full name.</summary>
    protected virtual Dictionary<string, string> Settings => [];

    /// <summary>Services that replace the real ones, for example the clock.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    private sealed class Adapted(
        Dictionary<string, string> settings, Action<IServiceCollection> configure) : WorkerFixture
    {
        protected override Dictionary<string, string> Settings => settings;

        protected override void Configure(IServiceCollection services) => configure(services);
    }
}
