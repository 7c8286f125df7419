using Microsoft.AspNetCore.Components.Routing;

namespace Cpf.Ml.Worker.Console.Shell;

/// <summary>One entry of the menu for the three pages of administration.</summary>
public sealed class AdministrationLink : NavLink
{
    private static readonly string[] Pages = ["/admin/people", "/admin/tokens", "/admin/audit-log"];

    protected override bool ShouldMatch(string uriAbsolute) =>
        Pages.Contains(new Uri(uriAbsolute).AbsolutePath, StringComparer.Ordinal);
}
