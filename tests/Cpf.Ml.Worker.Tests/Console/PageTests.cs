namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>
/// Pages of a platform without data: what they promise to say, in both languages, and nothing for axe to find.
/// </summary>
public sealed class PageTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private const string Colours =
        """
        () => [...document.documentElement.computedStyleMap()]
          .filter(([name]) => name.startsWith('--'))
          .map(([name, value]) => `${name}: ${value}`)
        """;

    [Theory]
    [InlineData("fr", "Se connecter", "Mot de passe", "Pas de compte, ou mot de passe oublié")]
    [InlineData("en", "Sign in", "Password", "No account, or password forgotten")]
    public Task Sign_in_page_asks_for_name_and_password(string language, params string[] words) =>
        LookAsync(language, "sign-in", "/sign-in", null, words);

    [Theory]
    [InlineData("fr", "Aucune série suivie", "Une série apparaît ici dès son premier point.", "Voir la réception")]
    [InlineData("en", "No series watched yet", "A series appears here with its first point.", "See ingestion")]
    public Task Estate_without_series_says_what_to_do(string language, params string[] words) =>
        LookAsync(language, "estate-empty", "/estate", "operator", words);

    [Theory]
    [InlineData("fr", "Aucun incident", "aucune donnée n'est encore arrivée", "Voyez la page « Réception »")]
    [InlineData("en", "No incident", "no data have arrived yet", "See the “Ingestion” page")]
    public Task Incident_list_without_data_claims_no_calm(string language, params string[] words) =>
        LookAsync(language, "incidents-empty", "/incidents", "operator", words);

    [Theory]
    [InlineData("fr", "Série inconnue", "Aucune série suivie ne porte cet identifiant.")]
    [InlineData("en", "Unknown series", "No watched series has this identifier.")]
    public Task Unknown_series_is_called_unknown(string language, params string[] words) =>
        LookAsync(language, "series-unknown", "/series/0123456789abcdef", "operator", words);

    [Theory]
    [InlineData("fr", "partiellement conforme", "RGAA 4.1", "Signaler une difficulté", "Défenseur des droits")]
    [InlineData("en", "partially conformant", "RGAA 4.1", "Report a difficulty", "Defender of Rights")]
    public Task Accessibility_statement_gives_conformance_and_whom_to_ask(string language, params string[] words) =>
        LookAsync(language, "accessibility", "/accessibility", null, words);

    [Theory]
    [InlineData("fr", "Votre compte n'ouvre pas cette page", "Vous êtes funder, avec : financement.")]
    [InlineData("en", "Your account does not open this page", "You are funder, with: funder.")]
    public Task Page_of_another_role_names_the_roles_that_one_has(string language, params string[] words) =>
        LookAsync(language, "no-right", "/estate", "funder", words);

    [Theory]
    [InlineData("fr", "Mon compte", "funder", "Changer mon mot de passe", "Au moins 12 caractères")]
    [InlineData("en", "My account", "funder", "Change my password", "At least 12 characters")]
    public async Task Own_account_is_open_to_every_role(string language, params string[] words)
    {
        // It is a plain form, which never goes live: one comes to it from a page that does.
        var page = await console.OpenAsync("/accessibility", Screen.Wide(language), "funder");
        await page.GotoAsync("/account");
        await ConsoleFixture.LookAsync(page, language, "account", words);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("fr", "Rien à cette adresse", "L'adresse a peut-être été coupée", "Aller à la page d'accueil")]
    [InlineData("en", "Nothing at this address", "The address may have been cut", "Go to the start page")]
    public Task Wrong_address_is_explained(string language, params string[] words) =>
        LookAsync(language, "not-found", "/nowhere", "operator", words);

    /// <summary>The other tests look at a theme as the reader's system asks for it.</summary>
    [Theory]
    [InlineData("light", "dark")]
    [InlineData("dark", "light")]
    public async Task Chosen_theme_has_the_colours_that_the_system_would_have_given(string chosen, string other)
    {
        var screen = Screen.Wide("fr");
        var page = await console.OpenAsync("/sign-in", screen with { Theme = chosen }, null);
        var expected = await page.EvaluateAsync<string[]>(Colours);
        await page.Context.CloseAsync();

        page = await console.OpenAsync("/sign-in", screen with { Theme = other }, null);
        Assert.NotEqual(expected, await page.EvaluateAsync<string[]>(Colours));
        await page.Context.AddCookiesAsync(
            [new() { Name = "cpfml-theme", Value = chosen, Url = console.Address.ToString() }]);
        await page.ReloadAsync();
        Assert.Equal(expected, await page.EvaluateAsync<string[]>(Colours));
        await page.Context.CloseAsync();
    }

    private Task LookAsync(string language, string name, string path, string? role, string[] words) =>
        console.LookAsync(language, name, path, role, words);
}
