using System.Net.Mime;

namespace Cpf.Ml.Worker.Publish;

/// <summary>The pages that alerts link to, served by the service itself: a link in a message must work on a machine
/// without the sources.</summary>
internal static class AlertDocs
{
    private const string Folder = "docs/";

    extension(WebApplication app)
    {
        /// <summary>Open to all: whoever is on call has a phone and no session, and the pages hold nothing
        /// secret.</summary>
        public void MapAlertDocs()
        {
            foreach (var name in Names)
            {
                app.MapGet("/" + name, () => TypedResults.Stream(Open(name), TypeOf(name)))
                    .AllowAnonymous()
                    .ExcludeFromDescription();
            }
        }
    }

    /// <summary>For example <c>docs/runbooks/anomaly.md</c>.</summary>
    public static IEnumerable<string> Names => typeof(AlertDocs).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal));

    private static Stream Open(string name) => typeof(AlertDocs).Assembly.GetManifestResourceStream(name)!;

    // Browsers offer text/markdown for download; as plain text they show it.
    private static string TypeOf(string name) =>
        name.EndsWith(".json", StringComparison.Ordinal) ? "application/schema+json"
            : $"{MediaTypeNames.Text.Plain}; charset=utf-8";
}
