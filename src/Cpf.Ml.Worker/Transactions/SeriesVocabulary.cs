using System.Collections.Frozen;
using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Words for the operations of the platform and for the metrics of the service itself.</summary>
internal static class SeriesVocabulary
{
    private static readonly FrozenDictionary<string, Text> Operations = new Dictionary<string, Text>
    {
        ["achat"] = new("Achat", "Purchase"),
        ["connexion"] = new("Connexion", "Sign-in"),
        ["recherche"] = new("Recherche", "Search"),
        ["fiche-formation"] = new("Fiche de formation", "Training page"),
        ["validation-dossier"] = new("Validation de dossier", "File validation"),
        ["paiement-organisme"] = new("Paiement des organismes", "Payment of providers"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Text> Metrics = new Dictionary<string, Text>
    {
        ["process_cpu_ratio"] = new("Service Cpf.Ml\u00a0: processeur utilisé", "Cpf.Ml service: processor in use"),
        ["process_gc_pause_ratio"] = new(
            "Service Cpf.Ml\u00a0: temps de pause mémoire", "Cpf.Ml service: time in memory pauses"),
        ["process_resident_memory_bytes"] = new(
            "Service Cpf.Ml\u00a0: mémoire occupée", "Cpf.Ml service: memory in use"),
        ["process_heap_bytes"] = new("Service Cpf.Ml\u00a0: mémoire des objets", "Cpf.Ml service: memory of objects"),
        ["process_threads"] = new("Service Cpf.Ml\u00a0: fils d'exécution", "Cpf.Ml service: threads"),
        ["process_thread_pool_queue"] = new("Service Cpf.Ml\u00a0: travaux en attente", "Cpf.Ml service: work waiting"),
        ["host_cpu_ratio"] = new("Serveur\u00a0: processeur utilisé", "Server: processor in use"),
        ["host_load"] = new("Serveur\u00a0: charge", "Server: load"),
        ["host_memory_available_bytes"] = new("Serveur\u00a0: mémoire disponible", "Server: memory available"),
        ["host_disk_available_bytes"] = new("Serveur\u00a0: disque disponible", "Server: disk available"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>An unknown operation keeps its own name.</summary>
    public static Text Operation(string name) => Operations.TryGetValue(name, out var words) ? words : new(name, name);

    /// <summary>An unknown metric keeps its technical name.</summary>
    public static Text Metric(string name) => Metrics.TryGetValue(name, out var words) ? words : new(name, name);
}
