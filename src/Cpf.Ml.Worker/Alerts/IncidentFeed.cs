using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>Notifies pages in this process of changed incidents, as soon as the change is committed.</summary>
internal sealed class IncidentFeed
{
    /// <summary>Raised on the thread that committed, with the incidents after the change. Handlers must return at once
    /// and must not throw.</summary>
    public event Action<IReadOnlyList<Incident>>? Changed;

    public void Raise(IReadOnlyList<Incident> incidents) => Changed?.Invoke(incidents);
}
