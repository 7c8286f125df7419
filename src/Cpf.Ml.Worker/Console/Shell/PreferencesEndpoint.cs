namespace Cpf.Ml.Worker.Console.Shell;

internal static class PreferencesEndpoint
{
    extension(WebApplication app)
    {
        /// <summary>A form post, so that the language can be changed before anything interactive has loaded.</summary>
        public void MapPreferences() => app.MapPost("/preferences", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            Preferences.Keep(context, form);
            return TypedResults.LocalRedirect(LocalAddress(form["return"].ToString()));
        }).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    /// <summary>The address itself when it stays on this site, otherwise the start page.</summary>
    private static string LocalAddress(string address) =>
        address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal)
            && !address.StartsWith("/\\", StringComparison.Ordinal)
            ? address
            : "/";
}
