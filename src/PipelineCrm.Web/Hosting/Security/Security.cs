using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using PipelineCrm.Access;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Web.Api;

namespace PipelineCrm.Web.Hosting;

/// <summary>Who is in: the cookie of pages, the session's end, what browsers may load.</summary>
internal static class Security
{
    public const string SignInPath = "/sign-in";

    /// <summary>How long at most a page of somebody disabled stays open; what they do is refused at once.</summary>
    public static readonly TimeSpan RecheckAfter = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StaysSignedIn = TimeSpan.FromDays(14);

    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiAuth.Scheme, null)
            .AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(ConfigureCookie));
        services.AddAuthorization();
        builder.AddRequestLimit();
        services.AddCascadingAuthenticationState();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = RecheckAfter);
        new IdentityBuilder(typeof(User), services).AddSignInManager();
        services.AddScoped<ISecurityStampValidator, SessionValidator>();
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddScoped<SignInFlow>();
        services.AddScoped<CspNonce>();
        services.AddSingleton<SetupRedirect>();
        services.AddHostedService<SetupAnnouncement>();
        services.AddAntiforgery(options => options.Cookie.Name = "pipelinecrm-form");
    }

    /// <summary>In this order: what the browser may do, who asks, whether there is anything to ask for, whether they may.</summary>
    public static void UseSecurity(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseAuthentication();
        app.Use((http, next) => app.Services.GetRequiredService<SetupRedirect>().Redirect(http, next));
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
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
        options.Events.OnRedirectToLogin = Answer(StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = Answer(StatusCodes.Status403Forbidden);
    }

    /// <summary>A page leads to sign-in; a script that asks for data or a circuit gets a status that it understands.</summary>
    private static Func<RedirectContext<CookieAuthenticationOptions>, Task> Answer(int status) => context =>
    {
        if (context.Request.Path.StartsWithSegments("/_blazor") || !HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    };
}
