using System.Globalization;
using System.Text;
using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;

namespace PipelineCrm.Kernel;

/// <summary>What every text, date and amount that somebody sends must be; the same sentences on every form and in the API.</summary>
internal static class FieldRules
{
    /// <summary>Text that may be missing: at most this long, no control characters but tab and newline.</summary>
    public static IRuleBuilderOptions<T, string?> CleanText<T>(this IRuleBuilder<T, string?> rule, int maxLength) => rule
        .Must(text => text is null || Characters.AtMost(text.Trim(), maxLength)).WithMessage(_ => FieldMessages.TooLong(maxLength))
        .Must(IsClean).WithMessage(_ => FieldMessages.ControlCharacter);

    /// <summary>Text that must be there: something to see, not only blanks and marks of direction.</summary>
    public static IRuleBuilderOptions<T, string?> RequiredText<T>(this IRuleBuilder<T, string?> rule, int maxLength) => rule
        .Must(HasText).WithMessage(_ => FieldMessages.Required)
        .CleanText(maxLength);

    /// <summary>A date between 1900 and 2200, or none.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> PlausibleDate<T>(this IRuleBuilder<T, DateOnly?> rule) => rule
        .Must(date => date is not { } day || DateBounds.Include(day)).WithMessage(_ => FieldMessages.DateRange);

    /// <summary>An amount from 0 on that the database keeps exactly, or none.</summary>
    public static IRuleBuilderOptions<T, decimal?> PlausibleAmount<T>(this IRuleBuilder<T, decimal?> rule) => rule
        .Must(amount => amount is null or (>= 0 and <= Money.Limit)).WithMessage(_ => FieldMessages.AmountRange)
        .Must(amount => amount is not { } value || Math.Abs(value) > Money.Limit || decimal.Round(value, 4) == value)
        .WithMessage(_ => FieldMessages.AmountDecimals);

    /// <summary>The code of a currency in use, in whatever case, or none: the handler keeps <see cref="Currencies.CodeOf"/>.</summary>
    public static IRuleBuilderOptions<T, string?> CurrencyCode<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(currency => currency is null || Currencies.CodeOf(currency) is not null)
        .WithMessage((_, currency) => FieldMessages.CurrencyUnknown(currency!));

    /// <summary>No more decimals than the amount's currency has, where both are there and good by themselves.</summary>
    public static IRuleBuilderOptions<T, decimal?> DecimalsOf<T>(this IRuleBuilder<T, decimal?> rule, Func<T, string?> currency) => rule
        .Must((request, amount) => MisfitOf(amount, currency(request)) is null)
        .WithMessage((request, amount) => MisfitOf(amount, currency(request))!);

    /// <summary>What is wrong with an amount that has more decimals than its currency; null where nothing is, or where that is not the
    /// question.</summary>
    public static string? MisfitOf(decimal? amount, string? currency) =>
        amount is { } given && Math.Abs(given) <= Money.Limit && decimal.Round(given, 4) == given
        && Currencies.CodeOf(currency) is { } code && !Money.Fits(given, code)
            ? FieldMessages.DecimalsOf(code)
            : null;

    /// <summary>Whether the database and every screen can hold the text: no control character but tab and newline, no half of a surrogate
    /// pair.</summary>
    public static bool IsClean(string? text)
    {
        if (text is null)
        {
            return true;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            var newline = character is '\n' || (character is '\r' && i + 1 < text.Length && text[i + 1] is '\n');
            if (char.IsSurrogate(character) || (char.IsControl(character) && character is not '\t' && !newline))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text as it is stored: trimmed, null where nothing is left to see.</summary>
    public static string? TrimToNull(string? text) => HasText(text) ? text!.Trim() : null;

    /// <summary>Whether there is anything to see in it.</summary>
    public static bool HasText(string? text) => text is not null && text.EnumerateRunes().Any(IsSeen);

    /// <summary>Not a blank, a control, a mark of direction or of nothing, nor an accent on nothing; fillers are letters that show
    /// nothing.</summary>
    private static bool IsSeen(Rune rune) => !Rune.IsWhiteSpace(rune) && rune.Value is not (0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.OtherNotAssigned);
}
