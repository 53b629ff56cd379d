using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>ASP.NET Core Identity over the CRM's own database; the web project adds sign-in itself.</summary>
internal static class IdentityRegistration
{
    /// <summary>OWASP's number for PBKDF2 with HMAC-SHA512.</summary>
    private const int PasswordHashIterations = 210_000;

    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddScoped<IPasswordValidator<User>, PasswordPolicy>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordHashIterations);
        services.AddIdentityCore<User>(Configure)
            // Named in full: the short way takes Identity's own type of passkey.
            .AddUserStore<UserOnlyStore<User, CrmDbContext, UserId, IdentityUserClaim<UserId>, IdentityUserLogin<UserId>,
                IdentityUserToken<UserId>, UserPasskey>>()
            .AddTokenProvider<SignInTokenProvider>(SignInTokenProvider.Name)
            .AddTokenProvider<AuthenticatorTokenProvider<User>>(TokenOptions.DefaultAuthenticatorProvider);
        services.Configure<IdentityPasskeyOptions>(Configure);
        services.AddScoped<IPasskeyHandler<User>, PasskeyHandler<User>>();
        services.AddScoped<PasskeyVerifier>();
        services.AddScoped<OwnPasswordVerifier>();
        services.AddScoped<SignInLinkIssuer>();
        services.AddScoped<SignIn.Decoy>();
        services.AddScoped<CredentialRevocation>();
        services.AddScoped<SecondFactorVerifier>();
        services.AddScoped<ConsoleProofVerifier>();
        services.AddSingleton<AttemptThrottle>();
        services.AddSingleton<PasswordHashingLimiter>();
        services.AddSingleton<KnownBrowsers>();
        // In the database, so that every node and every command reads the same keys, and a restored database its own.
        services.AddDataProtection().SetApplicationName("PipelineCrm").PersistKeysToDbContext<CrmDbContext>();
    }

    private static void Configure(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = "";
        // Nobody is locked out: that would let anybody lock anybody out. Who guesses is slowed down instead.
        options.Lockout.AllowedForNewUsers = false;
    }

    private static void Configure(IdentityPasskeyOptions options)
    {
        // Both factors at once, and nobody types who they are.
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.ValidateOrigin = PasskeyOrigin.IsOwn;
    }
}
