using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FluentValidation;
using PipelineCrm.Localization;

namespace PipelineCrm.UseCases;

/// <summary>Rules for fields that fewer forms have than those of <see cref="FieldRules"/>.</summary>
internal static partial class FormRules
{
    /// <summary>Something@somewhere.something without blanks, or none: whether mail arrives, only sending tells.</summary>
    public static IRuleBuilderOptions<T, string?> Email<T>(this IRuleBuilder<T, string?> rule, int maxLength) => rule
        .CleanText(maxLength)
        .Must(text => FieldRules.TrimToNull(text) is not { } mail || IsEmail(mail)).WithMessage(_ => FormMessages.Email);

    /// <summary>A phone number as people write one, or none: whether it rings, only ringing tells.</summary>
    public static IRuleBuilderOptions<T, string?> Phone<T>(this IRuleBuilder<T, string?> rule, int maxLength) => rule
        .CleanText(maxLength)
        .Must(text => FieldRules.TrimToNull(text) is not { } phone || IsPhone(phone)).WithMessage(_ => FormMessages.Phone);

    /// <summary>More than 0 and at most <paramref name="most"/>, with at most four decimals.</summary>
    public static IRuleBuilderOptions<T, decimal> MoreThanZero<T>(this IRuleBuilder<T, decimal> rule, decimal most) => rule
        .GreaterThan(0).WithMessage(_ => FormMessages.MoreThanZero)
        .LessThanOrEqualTo(most).WithMessage(_ => string.Format(CultureInfo.CurrentCulture, FormMessages.TooLarge, most))
        .Must(number => number > most || decimal.Round(number, 4) == number).WithMessage(_ => FieldMessages.AmountDecimals);

    /// <summary>The version that the caller has seen.</summary>
    public static void AddVersion<T>(this AbstractValidator<T> validator, Func<T, long> version) =>
        validator.RuleFor(request => version(request)).Must(seen => seen > 0).WithMessage(_ => FieldMessages.Required)
            .OverridePropertyName("version");

    private static bool IsEmail(string mail)
    {
        var at = mail.IndexOf('@', StringComparison.Ordinal);
        var host = mail[(at + 1)..];
        return at > 0 && !mail.Any(char.IsWhiteSpace) && !host.Contains('@', StringComparison.Ordinal)
            && host.Contains('.', StringComparison.Ordinal) && host.Split('.').All(part => part.Length > 0);
    }

    /// <summary>Three digits or more, what stands between them, and an extension behind.</summary>
    public static bool IsPhone(string phone) => FieldRules.IsClean(phone)
        && phone.Normalize(NormalizationForm.FormKC) is var plain && plain.Count(char.IsAsciiDigit) >= 3 && PhoneForm().IsMatch(plain);

    [GeneratedRegex(@"^[0-9+()\-‐-―./\s]+((ext\.?|extension|x|#|,|;|转|分机)[\s.:]*[0-9]+)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PhoneForm();
}
