using System.Globalization;
using PipelineCrm.Domain;

namespace PipelineCrm.Kernel;

/// <summary>An amount in one currency. Amounts of different currencies are never added.</summary>
/// <param name="Amount">Decimal with at most four decimals; what is unknown is <c>null</c> elsewhere, never 0.</param>
/// <param name="Currency">ISO 4217 code, three capital letters.</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>The largest absolute amount the database keeps: numeric(19,4).</summary>
    public const decimal Limit = 999_999_999_999_999m;

    /// <summary>How many decimals the currency is written with (ISO 4217 minor unit); 2 where it is not known.</summary>
    public static int Decimals(string currency) => Currencies.Decimals(currency);

    /// <summary>Whether the amount has no more decimals than its currency.</summary>
    public static bool Fits(decimal amount, string currency) => decimal.Round(amount, Decimals(currency)) == amount;

    /// <summary>The same number without closing zeros behind the point.</summary>
    public static decimal Plain(decimal amount) => amount / 1.0000000000000000000000000000m;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency}");
}
