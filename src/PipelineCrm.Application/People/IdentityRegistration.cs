using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.People;

/// <summary>ASP.NET Core Identity over the CRM's own database; the web project adds sign-in itself.</summary>
internal static class IdentityRegistration
{
    /// <summary>OWASP's number for PBKDF2 with HMAC-SHA512.</summary>
    private const int PasswordHashIterations = 210_000;

    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddScoped<IPasswordValidator<User>, PasswordRule>();
        services.AddScoped<IUserConfirmation<User>, MaySignIn>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordHashIterations);
        services.AddIdentityCore<User>(Configure)
            .AddEntityFrameworkStores<CrmDbContext>()
            .AddClaimsPrincipalFactory<SessionClaims>()
            .AddTokenProvider<LinkTokens>(LinkTokens.Name);
        services.AddScoped<SignInLinks>();
        // In the database, so that every node and every command reads the same keys, and a restored database its own.
        services.AddDataProtection().SetApplicationName("PipelineCrm").PersistKeysToDbContext<CrmDbContext>();
    }

    private static void Configure(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = "";
        options.SignIn.RequireConfirmedAccount = true;
        options.Lockout.AllowedForNewUsers = true;
        options.Lockout.MaxFailedAccessAttempts = 8;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
    }
}
