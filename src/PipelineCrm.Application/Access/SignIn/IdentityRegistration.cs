using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
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
        services.AddScoped<IUserConfirmation<User>, EnabledUserConfirmation>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordHashIterations);
        services.AddIdentityCore<User>(Configure)
            .AddEntityFrameworkStores<CrmDbContext>()
            .AddClaimsPrincipalFactory<SessionClaims>()
            .AddTokenProvider<SignInTokenProvider>(SignInTokenProvider.Name);
        services.AddScoped<SignInLinkIssuer>();
        services.AddDataProtection().SetApplicationName("PipelineCrm");
        services.AddSingleton<DataProtectionKeyStore>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, DataProtectionKeyStore.Use>();
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
