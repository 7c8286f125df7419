namespace Cpf.Ml.Tests.Architecture;

/// <summary>
/// The arrows that a project allows, drawn as its layers from the top: a folder uses those of the layers below its own
/// and no other. Strings of one layer stand side by side. <c>"A B"</c> are folders that do not see each other;
/// <c>"Transactions: Pipeline > . > Rules Series"</c> are the folders inside <c>Transactions</c>, itself as
/// <c>.</c>, in layers of their own.
/// </summary>
internal sealed class FolderLayers(params string[][] layers)
{
    private readonly Dictionary<string, (int Layer, string House, int Step)> _places = layers
        .SelectMany((houses, layer) => houses.SelectMany(house => Placed(house, layer)))
        .ToDictionary(place => place.Folder, place => (place.Layer, place.House, place.Step));

    /// <summary>What breaks the layers: arrows that they do not allow, folders that they forget or that no longer
    /// are.</summary>
    public IReadOnlyList<string> Broken(FolderGraph graph) =>
    [
        .. graph.Folders.Where(folder => !_places.ContainsKey(folder))
            .Order().Select(folder => $"{folder}: in no layer"),
        .. _places.Keys.Where(folder => !graph.Folders.Contains(folder))
            .Order().Select(folder => $"{folder}: in a layer, but no such folder"),
        .. graph.Arrows.Where(arrow => !Allows(arrow.From, arrow.To))
            .Order().SelectMany(arrow => graph.Uses(arrow.From, arrow.To)),
    ];

    private bool Allows(string from, string to) =>
        _places.TryGetValue(from, out var user) && _places.TryGetValue(to, out var used)
        && (user.Layer < used.Layer || (user.House == used.House && user.Layer == used.Layer && user.Step < used.Step));

    private static IEnumerable<(string Folder, int Layer, string House, int Step)> Placed(string house, int layer)
    {
        var (name, inside) = house.Split(':') is [var before, var after] ? (before, after) : ("", house);
        return inside.Split('>').SelectMany((folders, step) => folders
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => (name == "" ? folder : folder == "." ? name : $"{name}/{folder}", layer, house, step)));
    }
}
