using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PipelineCrm.Web.Components.Forms;

/// <summary>What is wrong with an amount that somebody typed.</summary>
public enum MoneyError
{
    /// <summary>Not written as the user's language writes numbers; never guessed.</summary>
    Form = 1,
    Negative = 2,
    TooLarge = 3,
    Decimals = 4,
}

/// <summary>Reads an amount as it was typed, strictly: groups of three, the language's own separators, no exponent.</summary>
public static partial class MoneyText
{
    /// <returns>The amount (null where nothing was typed), or the mistake.</returns>
    public static (decimal? Amount, MoneyError? Mistake) Read(string? typed, string currency, CultureInfo culture)
    {
        // Full-width digits and commas, as Chinese input methods type them, are the same digits.
        var text = (typed ?? "").Normalize(NormalizationForm.FormKC).Trim();
        if (text.Length == 0)
        {
            return (null, null);
        }

        if (text[0] is '-' or '−')
        {
            return (null, MoneyError.Negative);
        }

        var plain = text.Replace(culture.NumberFormat.NumberGroupSeparator, ",", StringComparison.Ordinal)
            .Replace(culture.NumberFormat.NumberDecimalSeparator, ".", StringComparison.Ordinal);
        if (!Grouped().IsMatch(plain) && !Plain().IsMatch(plain))
        {
            return (null, MoneyError.Form);
        }

        var digits = plain.Replace(",", "", StringComparison.Ordinal);
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount > Money.Limit)
        {
            return (null, MoneyError.TooLarge);
        }

        var decimals = digits.Contains('.', StringComparison.Ordinal) ? digits.Split('.')[1].TrimEnd('0').Length : 0;
        return decimals > Money.Decimals(currency) ? (null, MoneyError.Decimals) : (amount, null);
    }

    /// <summary>An amount as it stands in its field.</summary>
    public static string Write(decimal? amount, string currency, CultureInfo culture) =>
        amount is { } known ? known.ToString("#,##0." + new string('0', Money.Decimals(currency)) + "##", culture).TrimEnd('.') : "";

    [GeneratedRegex(@"^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?$")]
    private static partial Regex Plain();
}
