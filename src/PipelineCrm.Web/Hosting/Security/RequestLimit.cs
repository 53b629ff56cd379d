using System.Globalization;
using System.Threading.RateLimiting;

namespace PipelineCrm.Web.Hosting;

/// <summary>
/// How much one token may ask for, the settings RateLimit:PerSecond and RateLimit:Burst, and how much all may at once, Limits:Requests.
/// </summary>
internal static class RequestLimit
{
    public const string Policy = "token";

    private const int DefaultPerSecond = 100;
    private const int DefaultBurst = 500;
    private const int RefillsPerSecond = 10;

    public static void AddRequestLimit(this WebApplicationBuilder builder)
    {
        var perSecond = Math.Max(1, builder.Configuration.GetValue("RateLimit:PerSecond", DefaultPerSecond));
        var burst = Math.Max(1, builder.Configuration.GetValue("RateLimit:Burst", DefaultBurst));
        if (builder.Configuration.GetValue<int?>("Limits:Requests") is { } atOnce)
        {
            builder.Services.LimitRequests(Math.Max(1, atOnce));
        }

        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter =
                    Seconds(context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.Zero);
                return ValueTask.CompletedTask;
            };
            limiter.AddPolicy(Policy, http => RateLimitPartition.GetTokenBucketLimiter(
                http.User.FindFirst(ApiTokenHandler.TokenClaim)?.Value ?? "",
                _ => Bucket(perSecond, burst)));
        });
    }

    /// <summary>Refilled in small steps, so that a steady client is not let through and held back by turns.</summary>
    private static TokenBucketRateLimiterOptions Bucket(int perSecond, int burst) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = Math.Max(1, perSecond / RefillsPerSecond),
        ReplenishmentPeriod = TimeSpan.FromSeconds(perSecond < RefillsPerSecond ? 1d / perSecond : 1d / RefillsPerSecond),
        QueueLimit = 0,
    };

    /// <summary>As the header Retry-After says it: whole seconds, at least one.</summary>
    public static string Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
