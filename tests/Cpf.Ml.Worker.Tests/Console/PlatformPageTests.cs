using Cpf.Ml.Worker.Access;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>
/// The pages with data on them: what they promise to show, in both languages, and nothing for axe to find. On a
/// platform of their own, for other classes acknowledge and close what these show as open.
/// </summary>
public sealed class PlatformPageTests(PlatformFixture console) : IClassFixture<PlatformFixture>
{
    [Theory]
    [InlineData("fr", "achat_duree_p95 (mobile, Occitanie) à", "attendue 1,", "3 séries")]
    [InlineData("en", "achat_duree_p95 (mobile, Occitanie) at", "expected 1.", "3 series")]
    public Task Incident_list_shows_the_open_incident(string language, params string[] words) =>
        LookAsync(language, "incidents", "/incidents?q=achat", words);

    [Theory]
    [InlineData("fr", "achat_duree_p95 (web, Bretagne) à", "pendant 7 j 0 h", "clos")]
    [InlineData("en", "achat_duree_p95 (web, Bretagne) at", "for 7 d 0 h", "closed")]
    public Task List_of_closed_incidents_shows_how_long_they_lasted(string language, params string[] words) =>
        LookAsync(language, "incidents-closed", "/incidents?state=closed", words);

    [Theory]
    [InlineData("fr", "Aucun incident ne correspond à ces filtres")]
    [InlineData("en", "No incident matches these filters")]
    public Task Filter_without_a_match_says_so(string language, params string[] words) =>
        LookAsync(language, "incidents-filtered", "/incidents?q=introuvable", words);

    [Theory]
    [InlineData("fr", " s au plus fort, ", "Déploiement 4.2", "Ce qui s'est passé", "Incident ouvert")]
    [InlineData("en", " s at its strongest, ", "Deployment 4.2", "What happened", "Incident opened")]
    public Task Incident_shows_chart_deployment_and_timeline(string language, params string[] words) =>
        LookAsync(language, "incident", $"/incidents/{console.Incident}", words);

    [Theory]
    [InlineData("fr", "réservation : aucune donnée", "Pas de graphique", "Depuis")]
    [InlineData("en", "réservation: no data", "No chart", "Since")]
    public async Task Incident_of_missing_data_has_no_chart_but_a_start(string language, params string[] words) =>
        await LookAsync(language, "incident-no-data", $"/incidents/{await console.RaiseAsync("réservation")}", words);

    [Theory]
    [InlineData("fr", "Incident inconnu", "Aucun incident n'a cet identifiant.")]
    [InlineData("en", "Unknown incident", "No incident has this identifier.")]
    public Task Unknown_incident_is_called_unknown(string language, params string[] words) =>
        LookAsync(language, "incident-unknown", "/incidents/0123", words);

    [Theory]
    [InlineData("fr", "9 séries, 3 en alerte", "connexion", "achat_volume (web, Bretagne)")]
    [InlineData("en", "9 series, 3 alerting", "connexion", "achat_volume (web, Bretagne)")]
    public Task Estate_shows_services_and_the_series_of_the_open_one(string language, params string[] words) =>
        LookAsync(language, "estate", "/estate?open=achat", words);

    [Theory]
    [InlineData("fr", "Par région et canal", "Occitanie", "100 · 1 sur 3 en alerte", "Normandie")]
    [InlineData("en", "By region and channel", "Occitanie", "100 · 1 of 3 alerting", "Normandie")]
    public Task Estate_by_place_shows_regions_and_channels(string language, params string[] words) =>
        LookAsync(language, "estate-places", "/estate?view=place", words);

    [Theory]
    [InlineData(
        "fr", "achat_duree_p95 (mobile, Occitanie)", "Le plus haut d'une semaine ordinaire", "Points appris",
        "40 320")]
    [InlineData("en", "achat_duree_p95 (mobile, Occitanie)", "Peak of a typical week", "Points learnt", "40,320")]
    public Task Series_shows_its_history_and_what_its_detector_knows(string language, params string[] words) =>
        LookAsync(language, "series", $"/series/{console.Series}", words);

    [Theory]
    [InlineData(
        "fr", "Pendant un silence, rien n'est envoyé", "Nouveau silence ou maintenance prévue",
        "Budget de fausses alertes")]
    [InlineData(
        "en", "During a silence nothing is sent", "New silence or planned maintenance", "Budget of false alerts")]
    public Task Silences_page_plans_a_silence_and_gives_the_alert_budget(string language, params string[] words) =>
        LookAsync(language, "silences", "/silences", words);

    [Theory]
    [InlineData(
        "fr", "9 sur 100 000 possibles.", "362 880", "3 : arrivé après la clôture de sa minute",
        "pull:paiement", "En panne depuis")]
    [InlineData(
        "en", "9 of 100,000 possible.", "362,880", "3: arrived after its minute was closed",
        "pull:paiement", "Failing since")]
    public Task Ingestion_page_counts_rejected_points_and_failing_sources(string language, params string[] words) =>
        LookAsync(language, "sources", "/admin/sources", words);

    [Theory]
    [InlineData("fr", "webhook-astreinte", "en retard depuis", "Connection refused (127.0.0.1:1)")]
    [InlineData("en", "webhook-astreinte", "late since", "Connection refused (127.0.0.1:1)")]
    public Task Publishing_page_shows_receivers_and_what_was_not_delivered(string language, params string[] words) =>
        LookAsync(language, "publishers", "/admin/publishers", words);

    [Theory]
    [InlineData("fr", "Un rôle compte aussitôt.", "Nouveau compte", "operator")]
    [InlineData("en", "A role applies immediately.", "New account", "operator")]
    public Task People_page_shows_accounts_with_their_roles(string language, params string[] words) =>
        LookAsync(language, "people", "/admin/people", words, Roles.Administrator);

    [Theory]
    [InlineData("fr", "Authorization: Bearer …", "Donnez-lui le droit le plus étroit.", "auditer la neutralité")]
    [InlineData("en", "Authorization: Bearer …", "Give it the narrowest scope.", "audit neutrality")]
    public Task Tokens_page_says_how_a_program_presents_a_token(string language, params string[] words) =>
        LookAsync(language, "tokens", "/admin/tokens", words, Roles.Administrator);

    [Theory]
    [InlineData("fr", "Qui a fait quoi, quand et d'où.", "gardée 1 830 jours", "Déploiement annoncé", "usine")]
    [InlineData("en", "Who did what, when and from where.", "kept for 1,830 days", "Deployment announced", "usine")]
    public Task Audit_log_shows_who_did_what(string language, params string[] words) =>
        LookAsync(language, "audit-log", "/admin/audit-log?action=deployment", words, Roles.Administrator);

    /// <summary>A window of 1280 pixels at 200 % is one of 640.</summary>
    [Theory]
    [InlineData("/incidents?state=closed")]
    [InlineData("/incidents/{incident}")]
    [InlineData("/estate?open=achat")]
    [InlineData("/series/{series}")]
    public async Task Main_pages_lose_nothing_at_200_percent_zoom(string path)
    {
        var screen = new Screen("fr", 640);
        var address = path
            .Replace("{incident}", console.Incident, StringComparison.Ordinal)
            .Replace("{series}", console.Series, StringComparison.Ordinal);
        var page = await console.OpenAsync(address, screen, Roles.Operator);
        await screen.LookAsync(page, $"zoomed{path.Split('?')[0].Replace('/', '-')}");
        await page.Context.CloseAsync();
    }

    private Task LookAsync(
        string language, string name, string path, string[] words, string role = Roles.Operator) =>
        console.LookAsync(language, name, path, role, words);
}
