using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using PipelineCrm.Web.Api;

namespace PipelineCrm.Web.Hosting;

/// <summary>Who is in: the cookie of pages, the session's end, what browsers may load.</summary>
internal static class Security
{
    public const string SignInPath = "/sign-in";

    /// <summary>How long at most a page stays open whose session ended on another node; what is done on it is refused at once.</summary>
    public static readonly TimeSpan RecheckAfter = TimeSpan.FromSeconds(10);

    /// <summary>As long as a session that nobody uses lasts.</summary>
    private static readonly TimeSpan StaysSignedIn = TimeSpan.FromDays(14);

    private static readonly TimeSpan HttpsIsKnownFor = TimeSpan.FromDays(365);

    /// <summary>In bytes: a filter of many conditions stands in the address; whoever reads it says what is wrong with it.</summary>
    private const int LongestAddress = 32 * 1024;

    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestLineSize = LongestAddress;
        });
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiAuth.Scheme, null)
            .AddCookie(IdentityConstants.ApplicationScheme, ConfigureCookie);
        services.AddAuthorization();
        builder.AddRequestLimit();
        builder.AddCircuits();
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddHsts(options => options.MaxAge = HttpsIsKnownFor);
        services.AddSingleton(new Proxies(builder.Configuration));
        services.AddSingleton<CircuitRegistry>();
        services.AddScoped<SessionCheck>();
        services.AddScoped<IClaimsTransformation, AddressClaim>();
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddScoped<SignInFlow>();
        services.AddScoped<CspNonce>();
        services.AddSingleton<SetupRedirect>();
        services.AddHostedService<SetupAnnouncement>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "pipelinecrm-form";
            options.SuppressXFrameOptionsHeader = true;
        });
    }

    /// <summary>In this order: what the browser may do, where it comes from, who asks, whether there is anything to ask for, whether they
    /// may.</summary>
    public static void UseSecurity(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseHostCookies();
        app.UseCircuitOrigin();
        app.UseFormReadGuard();
        app.UseAuthentication();
        app.Use((http, next) => app.Services.GetRequiredService<SetupRedirect>().Redirect(http, next));
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
    }

    /// <summary>Before all else: what comes after asks where a request came from and whether it was https.</summary>
    public static void UseTransport(this WebApplication app)
    {
        app.Services.GetRequiredService<Proxies>().Use(app);
        // Says nothing over plain http, nor for the machine itself.
        app.UseHsts();
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "pipelinecrm";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = StaysSignedIn;
        options.SlidingExpiration = true;
        options.LoginPath = SignInPath;
        options.LogoutPath = "/sign-out";
        options.AccessDeniedPath = "/";
        options.ReturnUrlParameter = "returnUrl";
        options.EventsType = typeof(SessionCheck);
    }
}
