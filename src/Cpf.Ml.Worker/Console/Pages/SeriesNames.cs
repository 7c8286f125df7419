using Cpf.Ml.Worker.Ingest;

namespace Cpf.Ml.Worker.Console.Pages;

internal static class SeriesNames
{
    /// <summary>A series as people speak of it: its name and what tells it from its sisters, the service left out.</summary>
    public static string Of(SeriesEntry series)
    {
        var labels = series.Identity.Labels.Where(label => label.Key != "service").Select(label => $"{label.Key} {label.Value}");
        return string.Join(" · ", labels.Prepend(series.Identity.Name));
    }
}
