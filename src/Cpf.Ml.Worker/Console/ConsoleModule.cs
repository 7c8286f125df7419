using Cpf.Ml.Worker.Console.Kit;
using Cpf.Ml.Worker.Console.Shell;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Radzen;

namespace Cpf.Ml.Worker.Console;

internal static class ConsoleModule
{
    extension(WebApplicationBuilder builder)
    {
        public WebApplicationBuilder AddConsole()
        {
            builder.Services.AddRazorComponents().AddInteractiveServerComponents();
            builder.Services.AddScoped<SessionWatch>();
            builder.Services.AddScoped<AuthenticationStateProvider>(
                provider => provider.GetRequiredService<SessionWatch>());
            builder.Services.AddScoped<ReaderConnection>();
            builder.Services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<ReaderConnection>());
            builder.Services.AddCascadingAuthenticationState();
            builder.Services.AddRadzenComponents();
            builder.Services.AddSingleton<Presence>();
            return builder;
        }
    }

    extension(WebApplication app)
    {
        /// <summary>Before routing: an address without a page is re-executed as the not-found page.</summary>
        public WebApplication UseConsole()
        {
            app.UseWhen(context => IsForPeople(context.Request.Path),
                branch => branch.UseStatusCodePagesWithReExecute("/not-found"));
            return app;
        }

        public WebApplication MapConsole()
        {
            app.MapStaticAssets().AllowAnonymous();
            app.MapPreferences();
            app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
            return app;
        }
    }

    /// <summary>For a missing address programs get problem+json, people a page.</summary>
    private static bool IsForPeople(PathString path) =>
        !(path.StartsWithSegments("/api") || path.StartsWithSegments("/health") || path.StartsWithSegments("/metrics")
          || path.StartsWithSegments("/openapi") || path.StartsWithSegments("/_blazor"));
}
