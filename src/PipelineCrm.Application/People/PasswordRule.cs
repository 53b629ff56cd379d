using System.Globalization;
using Microsoft.AspNetCore.Identity;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>Long, and not one that everybody tries first. No rules about its composition.</summary>
internal sealed class PasswordRule : IPasswordValidator<User>
{
    public const int MinLength = 12;
    public const int MaxLength = 128;

    private const int ShortestTellingPart = 4;

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(Mistake(password ?? "", user.Email, user.DisplayName) is { } mistake
            ? IdentityResult.Failed(new IdentityError { Code = nameof(PasswordRule), Description = mistake })
            : IdentityResult.Success);

    /// <summary>What is wrong with a password, in the person's language; null where nothing is.</summary>
    public static string? Mistake(string password, string? email, string? name)
    {
        var length = password.EnumerateRunes().Count();
        return length switch
        {
            < MinLength => string.Format(CultureInfo.CurrentCulture, PeopleProblemText.PasswordTooShort, MinLength),
            > MaxLength => string.Format(CultureInfo.CurrentCulture, PeopleProblemText.PasswordTooLong, MaxLength),
            _ when CommonPasswords.Include(password) => PeopleProblemText.PasswordCommon,
            _ when Parts(email, name).Any(part => password.Contains(part, StringComparison.OrdinalIgnoreCase)) => PeopleProblemText.PasswordTelling,
            _ => null,
        };
    }

    private static IEnumerable<string> Parts(string? email, string? name) =>
        $"{email?.Split('@')[0]} {name}".Split([' ', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length >= ShortestTellingPart);
}
