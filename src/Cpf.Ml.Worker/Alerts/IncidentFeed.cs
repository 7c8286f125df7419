using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>Tells pages in this process that incidents changed, as soon as the change is committed.</summary>
internal sealed class IncidentFeed
{
    /// <summary>Raised on the thread that committed, with the incidents as they are now; handlers return at once and
    /// throw nothing.</summary>
    public event Action<IReadOnlyList<Incident>>? Changed;

    public void Raise(IReadOnlyList<Incident> incidents) => Changed?.Invoke(incidents);
}
