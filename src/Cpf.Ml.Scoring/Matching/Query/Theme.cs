using System.Collections.Immutable;
using System.Text.Json;

namespace Cpf.Ml.Scoring.Matching.Query;

/// <summary>A name under which several jobs are meant: a transition that the ROME 4 marks, or a list of jobs that
/// people have drawn up.</summary>
/// <param name="Fr">Its name in French.</param>
/// <param name="En">Its name in English.</param>
/// <param name="Words">What people call it, without case and accents.</param>
/// <param name="Flag">The mark of the ROME 4, <c>ecology</c>, <c>digital</c> or <c>demography</c>; null where the list
/// alone counts.</param>
/// <param name="Jobs">ROME codes, version 3.</param>
public sealed record Theme(
    string Fr, string En, ImmutableArray<string> Words, string? Flag, ImmutableArray<string> Jobs)
{
    private static readonly (string Version, ImmutableArray<Theme> Themes) Curated = Read();

    /// <summary>Version of the curated lists, shown with every result from them.</summary>
    public static string Version => Curated.Version;

    /// <summary>All themes of the curated lists.</summary>
    public static ImmutableArray<Theme> All => Curated.Themes;

    /// <summary>The theme's name in both languages.</summary>
    public Text Name => new(Fr, En);

    /// <summary>How far a job belongs to the theme, in [0, 1]: of the jobs of version 4 that replace it, the share that
    /// does; a job that is strategic for ecology but not green itself counts half.</summary>
    /// <param name="job">A job of the ROME, version 3.</param>
    public double WeightOf(Job job) =>
        Jobs.Contains(job.Code) ? 1 : Flag is null || job.Recent.IsEmpty ? 0 : job.Recent.Average(recent => Flag switch
    {
        "ecology" => recent.Ecology switch
        {
            "Emploi Vert" => 1,
            "Emploi stratégique pour la Transition écologique" => 0.5,
            _ => 0
        },
        "digital" => recent.IsDigital == true ? 1 : 0,
        _ => recent.IsDemographic == true ? 1.0 : 0,
    });

    private static (string Version, ImmutableArray<Theme> Themes) Read()
    {
        using var file = typeof(Theme).Assembly.GetManifestResourceStream("themes.json")!;
        var lists = JsonSerializer.Deserialize<Lists>(file, JsonSerializerOptions.Web)!;
        return (lists.Version, lists.Themes);
    }

    private sealed record Lists(string Version, ImmutableArray<Theme> Themes);
}
