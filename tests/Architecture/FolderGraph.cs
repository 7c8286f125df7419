using System.Reflection;

namespace Cpf.Ml.Tests.Architecture;

/// <summary>
/// The folders of a project by its namespaces, and the types that make an arrow from one to another. A folder is named
/// by its path from the project, <c>.</c> is the project itself; a folder and one inside it are two.
/// </summary>
internal sealed class FolderGraph
{
    private readonly string _root;
    private readonly ILookup<(string From, string To), (Type User, Type Used)> _arrows;

    /// <param name="root">The namespace of the project, for example <c>Cpf.Ml.Scoring</c>. What lies outside it is not
    /// looked at.</param>
    public FolderGraph(Assembly assembly, string root)
    {
        _root = root;
        Folders = assembly.GetTypes().Select(FolderOf).OfType<string>().ToHashSet();
        _arrows = TypeUses.In(assembly).Where(use => use.Used.Assembly == assembly)
            .Select(use => (From: FolderOf(use.User), To: FolderOf(use.Used), Use: use))
            .Where(use => use.From is not null && use.To is not null && use.From != use.To)
            .ToLookup(use => (use.From!, use.To!), use => use.Use);
    }

    public IReadOnlySet<string> Folders { get; }

    public IEnumerable<(string From, string To)> Arrows => _arrows.Select(arrow => arrow.Key);

    /// <summary>One line an arrow of two types, for example <c>Alerts -> Transactions: AlertRule ->
    /// SeriesTest</c>.</summary>
    public IEnumerable<string> Uses(string from, string to) => _arrows[(from, to)]
        .Select(use => $"{from} -> {to}: {Name(use.User)} -> {Name(use.Used)}").Order(StringComparer.Ordinal);

    /// <summary>The arrows between folders that reach each other, one line a pair of types. Empty when no folder can be
    /// reached from itself.</summary>
    public IReadOnlyList<string> Circles()
    {
        var reached = Folders.ToDictionary(folder => folder, Reached);
        return [.. Arrows.Where(arrow => reached[arrow.To].Contains(arrow.From))
            .Order().SelectMany(arrow => Uses(arrow.From, arrow.To))];
    }

    private HashSet<string> Reached(string folder)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var from))
            foreach (var (_, to) in Arrows.Where(arrow => arrow.From == from && reached.Add(arrow.To)))
                open.Push(to);

        return reached;
    }

    private string? FolderOf(Type type) => type.Namespace switch
    {
        null => type.Name == "Program" ? "." : null, // The class of top-level statements has no namespace.
        var name when name == _root => ".",
        var name when name.StartsWith(_root + ".", StringComparison.Ordinal) =>
            name[(_root.Length + 1)..].Replace('.', '/'),
        _ => null,
    };

    private static string Name(Type type) => type.Name.Split('`')[0];
}
