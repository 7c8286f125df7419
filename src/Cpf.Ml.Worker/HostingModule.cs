using System.Text.Json.Serialization;
using Cpf.Ml.Worker.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Console;

namespace Cpf.Ml.Worker;

/// <summary>What all parts of the service share: errors, health, metrics, API description, limits, logs.</summary>
internal static class HostingModule
{
    /// <summary>Settings as environment variables: <c>CPFML_Storage__Connection</c>.</summary>
    private const string EnvironmentPrefix = "CPFML_";

    /// <summary>Longest request body of an endpoint that does not set its own limit.</summary>
    private const long MaxBodyBytes = 1024 * 1024;

    /// <summary>Time limit of a stop: running requests, waiting batches, checkpoint, outbox. The process manager must
    /// wait longer.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(45);

    extension(WebApplicationBuilder builder)
    {
        public WebApplicationBuilder AddHosting(string[] args)
        {
            builder.Configuration.AddEnvironmentVariables(EnvironmentPrefix);
            if (Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } credentials)
            {
                // systemd's LoadCredential: a file a setting, named Storage__Connection.
                builder.Configuration.AddKeyPerFile(credentials, optional: true);
            }

            // The command line overrides everything else.
            builder.Configuration.AddCommandLine(args);
            builder.AddSettings<HostingSettings>("Hosting");
            builder.WebHost.UseStaticWebAssets();
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            });

            var services = builder.Services;
            services.AddSystemd();
            services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
            services.AddOptions<ForwardedHeadersOptions>().Configure<HostingSettings>(TrustProxies);
            services.ConfigureHttpJsonOptions(options =>
            {
                var json = options.SerializerOptions;
                json.Converters.Add(new JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase));
                json.RespectNullableAnnotations = true;
                json.RespectRequiredConstructorParameters = true;
                json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            });

            // Under systemd the framework would choose its own format; the settings decide.
            services.PostConfigure<ConsoleLoggerOptions>(
                options => options.FormatterName = builder.Configuration["Logging:Console:FormatterName"]
                    ?? ConsoleFormatterNames.Simple);
            services.AddProblems();
            services.AddSelfMetrics();
            services.AddSingleton<PeriodicWork>();
            services.AddReadiness();
            services.AddApiDescription();
            return builder;
        }
    }

    extension(WebApplication app)
    {
        /// <summary>The middleware of every request, in order.</summary>
        public WebApplication UseHosting()
        {
            app.UseForwardedHeaders();
            app.UseSecurityHeaders();
            app.UseProblems();
            app.UseRouting();
            app.UseSelfMetrics();
            app.UseAuthentication();
            app.UseRateLimiter();
            app.UseAuthorization();
            app.UseAntiforgery();
            return app;
        }

        public WebApplication MapHosting()
        {
            app.MapSelfMetrics();
            app.MapReadiness();
            app.MapApiDescription();
            return app;
        }
    }

    private static void TrustProxies(ForwardedHeadersOptions options, HostingSettings settings)
    {
        options.ForwardedHeaders =
            ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        foreach (var network in settings.TrustedProxies)
        {
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }
    }
}
