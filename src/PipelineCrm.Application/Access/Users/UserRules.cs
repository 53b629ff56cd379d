using System.Globalization;
using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Organisation;

namespace PipelineCrm.Access;

/// <summary>What names, addresses and choices about people and the organisation must be, each with the sentence that says so.</summary>
internal static class UserRules
{
    public const int EmailLength = 254;

    public static readonly IReadOnlyList<string> Languages = ["en", "zh-CN"];
    public static readonly IReadOnlyList<string> Themes = ["auto", "light", "dark"];

    public static IRuleBuilderOptions<T, string> Name<T>(this IRuleBuilder<T, string> rule, int maxLength) => rule
        .Must(FieldRules.HasText).WithMessage(_ => FieldMessages.Required)
        .Must(name => name is null || Characters.AtMost(name.Trim(), maxLength))
        .WithMessage(_ => string.Format(CultureInfo.CurrentCulture, ProblemMessages.TooLong, maxLength))
        .Must(name => name is null || !name.Any(char.IsControl)).WithMessage(_ => ProblemMessages.BadText);

    public static IRuleBuilderOptions<T, string> Email<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(IsEmail).WithMessage(_ => AccessMessages.EmailInvalid);

    public static IRuleBuilderOptions<T, string> Language<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(language => Languages.Contains(language)).WithMessage(_ => AccessMessages.LanguageUnknown);

    public static IRuleBuilderOptions<T, string> Theme<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(theme => Themes.Contains(theme)).WithMessage(_ => AccessMessages.ThemeUnknown);

    public static IRuleBuilderOptions<T, string> Zone<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(zone => TimeZones.All.Contains(zone)).WithMessage(_ => AccessMessages.ZoneUnknown);

    public static IRuleBuilderOptions<T, string> Currency<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(currency => Currencies.CodeOf(currency) is not null)
        .WithMessage((_, currency) => FieldMessages.CurrencyUnknown(currency ?? ""));

    private static bool IsEmail(string? text)
    {
        var email = text?.Trim() ?? "";
        var at = email.IndexOf('@', StringComparison.Ordinal);
        return email.Length <= EmailLength && at > 0 && at < email.Length - 1 && at == email.LastIndexOf('@')
            && !email.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || char.IsSurrogate(letter));
    }
}
