namespace Cpf.Ml.Tests.Architecture;

/// <summary>
/// The arrows that a project allows, drawn as its layers from the top: a folder uses those of the layers below its own
/// and no other. Strings of one layer stand side by side. <c>"A B"</c> are folders that do not see each other;
/// <c>"Transactions: Pipeline > . > Rules Series"</c> are the folders inside <c>Transactions</c>, itself as
/// <c>.</c>, in layers of their own.
/// </summary>
internal sealed class FolderLayers(params string[][] layers)
{
    private readonly Dictionary<string, (int Layer, string Group, int Step)> _positions = layers
        .SelectMany((groups, layer) => groups.SelectMany(group => Positions(group, layer)))
        .ToDictionary(position => position.Folder, position => (position.Layer, position.Group, position.Step));

    /// <summary>What breaks the layers: arrows that they do not allow, folders that they forget or that no longer
    /// are.</summary>
    public IReadOnlyList<string> Broken(FolderGraph graph) =>
    [
        .. graph.Folders.Where(folder => !_positions.ContainsKey(folder))
            .Order().Select(folder => $"{folder}: in no layer"),
        .. _positions.Keys.Where(folder => !graph.Folders.Contains(folder))
            .Order().Select(folder => $"{folder}: in a layer, but no such folder"),
        .. graph.Arrows.Where(arrow => !Allows(arrow.From, arrow.To))
            .Order().SelectMany(arrow => graph.Uses(arrow.From, arrow.To)),
    ];

    private bool Allows(string from, string to) =>
        _positions.TryGetValue(from, out var user) && _positions.TryGetValue(to, out var used)
        && (user.Layer < used.Layer || (user.Group == used.Group && user.Layer == used.Layer && user.Step < used.Step));

    private static IEnumerable<(string Folder, int Layer, string Group, int Step)> Positions(string group, int layer)
    {
        var (name, inside) = group.Split(':') is [var before, var after] ? (before, after) : ("", group);
        return inside.Split('>').SelectMany((folders, step) => folders
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => (name == "" ? folder : folder == "." ? name : $"{name}/{folder}", layer, group, step)));
    }
}
