namespace Cpf.Ml.Worker.Console.Kit;

/// <summary>Who is on which page, so that two people on one incident know of each other. Thread-safe.</summary>
internal sealed class Presence
{
    private readonly Lock _gate = new();
    private readonly List<Visit> _visits = [];

    /// <param name="connection">A reader whose browser is disconnected is not present.</param>
    /// <returns>Ends the visit when disposed.</returns>
    public IDisposable Enter(string page, string name, ReaderConnection connection)
    {
        var visit = new Visit(this, page, name, connection);
        lock (_gate)
        {
            _visits.Add(visit);
        }

        return visit;
    }

    /// <summary>Everybody else on <paramref name="page"/>, each once, by name.</summary>
    public IReadOnlyList<string> OthersAt(string page, string me)
    {
        lock (_gate)
        {
            return [.. _visits.Where(visit => visit.Page == page && visit.Name != me && visit.IsHere)
                .Select(visit => visit.Name)
                .Distinct().Order(StringComparer.Ordinal)];
        }
    }

    private sealed class Visit(Presence presence, string page, string name, ReaderConnection connection) : IDisposable
    {
        public string Page => page;

        public string Name => name;

        public bool IsHere => connection.IsUp;

        public void Dispose()
        {
            lock (presence._gate)
            {
                presence._visits.Remove(this);
            }
        }
    }
}
