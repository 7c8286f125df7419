using Cpf.Ml.Worker.Access;

namespace Cpf.Ml.Worker.Console.Shell;

/// <summary>Language and theme chosen in this browser, without an account.</summary>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
/// <param name="Theme"><c>light</c>, <c>dark</c>, or <c>auto</c> for what the system says.</param>
public sealed record Preferences(string Language, string Theme)
{
    private const string LanguageCookie = "cpfml-language";
    private const string ThemeCookie = "cpfml-theme";

    /// <summary>The browser's choice, else the language of the account, else French.</summary>
    internal static Preferences Of(HttpContext context)
    {
        var cookies = context.Request.Cookies;
        var language = cookies[LanguageCookie] ?? context.User.FindFirst(AccessClaims.Language)?.Value;
        return new(
            language == "en" ? "en" : "fr",
            cookies[ThemeCookie] is "light" or "dark" ? cookies[ThemeCookie]! : "auto");
    }

    /// <summary>Keeps what the form names and leaves the rest.</summary>
    internal static void Keep(HttpContext context, IFormCollection form)
    {
        var options = new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            IsEssential = true,
        };
        if (form["language"].ToString() is "fr" or "en")
        {
            context.Response.Cookies.Append(LanguageCookie, form["language"].ToString(), options);
        }

        if (form["theme"].ToString() is "light" or "dark" or "auto")
        {
            context.Response.Cookies.Append(ThemeCookie, form["theme"].ToString(), options);
        }
    }
}
