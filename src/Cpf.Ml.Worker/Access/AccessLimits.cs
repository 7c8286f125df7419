using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Cpf.Ml.Worker.Access;

/// <summary>Rate limits of callers.</summary>
internal static class AccessLimits
{
    public const string SignIn = "sign-in";

    /// <summary>Burst allowed, in seconds' worth of requests.</summary>
    private const int BurstSeconds = 10;

    extension(IServiceCollection services)
    {
        public void AddAccessLimits()
        {
            services.AddRateLimiter(_ => { });
            services.AddOptions<RateLimiterOptions>().Configure<AccessSettings>(Configure);
        }
    }

    private static void Configure(RateLimiterOptions options, AccessSettings settings)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = RejectAsync;
        options.AddPolicy(SignIn, context => RateLimitPartition.GetFixedWindowLimiter(
            Actor.SourceOf(context),
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = settings.SignInsPerMinute,
                Window = TimeSpan.FromMinutes(1)
            }));
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            context.Request.Path.StartsWithSegments("/api")
                ? RateLimitPartition.GetTokenBucketLimiter(CallerOf(context), _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = settings.RequestsPerSecond * BurstSeconds,
                    TokensPerPeriod = settings.RequestsPerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                })
                : RateLimitPartition.GetNoLimiter(""));
    }

    private static string CallerOf(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true } ? context.User.ActorName
            : $"address:{Actor.SourceOf(context)}";

    private static ValueTask RejectAsync(OnRejectedContext rejection, CancellationToken cancellationToken)
    {
        var context = rejection.HttpContext;
        var wait =
            rejection.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (context.Request.Path.StartsWithSegments("/sign-in"))
        {
            context.Response.Redirect("/sign-in?error=rate");
        }

        return ValueTask.CompletedTask;
    }
}
