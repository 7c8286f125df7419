using Cpf.Ml.Worker.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;

namespace Cpf.Ml.Worker.Access;

internal static class AccessModule
{
    private const string CookieOrToken = "cookie-or-token";

    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddAccess()
        {
            builder.AddSettings<AccessSettings>("Access");
            var services = builder.Services;
            services.AddHttpContextAccessor();
            services.AddAntiforgery(options => options.Cookie.Name = "cpf-ml-form");
            services.AddSingleton<AccountStore>();
            services.AddSingleton<TokenStore>();
            services.AddSingleton<AuditStore>();
            services.AddSingleton<SettingStore>();
            services.AddSingleton<Accounts>();
            services.AddSingleton<ApiTokens>();
            services.AddSingleton<AuditLog>();
            services.AddSingleton<FirstStart>();
            services.AddSingleton(System.Console.Out);
            services.AddHostedService<Welcome>();
            services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = Accounts.HashIterations);

            // Sessions survive a restart, and several workers over one PostgreSQL share them.
            services.AddDataProtection().SetApplicationName("cpf-ml");
            services.AddSingleton<KeyStore>();
            services.AddOptions<KeyManagementOptions>()
                .Configure<KeyStore>((options, store) => options.XmlRepository = store);

            services.AddAuthentication(CookieOrToken)
                .AddPolicyScheme(CookieOrToken, null, options => options.ForwardDefaultSelector = context =>
                    context.Request.Headers.Authorization.Count > 0 ? TokenAuthentication.Scheme : SessionCookie.Scheme)
                .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme, null)
                .AddCookie(SessionCookie.Scheme);
            services.AddOptions<CookieAuthenticationOptions>(SessionCookie.Scheme)
                .Configure<AccessSettings, Accounts>(SessionCookie.Configure);

            var policies = services.AddAuthorizationBuilder();
            foreach (var scope in Scopes.All)
            {
                policies.AddPolicy(
                    scope, policy => policy.RequireAuthenticatedUser().RequireClaim(AccessClaims.Scope, scope));
            }

            services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRefusals>();
            services.AddAccessLimits();
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public WebApplication MapAccess()
        {
            app.MapSignIn();
            app.MapTokens();
            app.MapAccounts();
            app.MapOwnPassword();
            app.MapAudit();
            return app;
        }
    }
}
