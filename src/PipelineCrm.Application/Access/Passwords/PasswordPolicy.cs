using System.Globalization;
using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Long, and not one that everybody tries first. No rules about its composition.</summary>
internal sealed class PasswordPolicy : IPasswordValidator<User>
{
    public const int MinLength = 12;
    public const int MaxLength = 128;

    private const int ShortestTellingPart = 4;

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(Violation(password ?? "", user.Email, user.DisplayName) is { } mistake
            ? IdentityResult.Failed(new IdentityError { Code = nameof(PasswordPolicy), Description = mistake })
            : IdentityResult.Success);

    /// <summary>What is wrong with a password, in the person's language; null where nothing is.</summary>
    public static string? Violation(string password, string? email, string? name)
    {
        var length = password.EnumerateRunes().Count();
        return length switch
        {
            < MinLength => string.Format(CultureInfo.CurrentCulture, AccessMessages.PasswordTooShort, MinLength),
            > MaxLength => string.Format(CultureInfo.CurrentCulture, AccessMessages.PasswordTooLong, MaxLength),
            _ when CommonPasswords.Include(password) => AccessMessages.PasswordCommon,
            _ when Parts(email, name)
                .Any(part => password.Contains(part, StringComparison.OrdinalIgnoreCase)) => AccessMessages.PasswordTelling,
            _ => null,
        };
    }

    private static IEnumerable<string> Parts(string? email, string? name) =>
        $"{email?.Split('@')[0]} {name}".Split([' ', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part.Length >= ShortestTellingPart);
}
