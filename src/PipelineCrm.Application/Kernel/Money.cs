using System.Globalization;

namespace PipelineCrm.Kernel;

/// <summary>An amount in one currency. Amounts of different currencies are never added.</summary>
/// <param name="Amount">Decimal with at most four decimals; what is unknown is <c>null</c> elsewhere, never 0.</param>
/// <param name="Currency">ISO 4217 code, three capital letters.</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>The largest absolute amount the database keeps: numeric(19,4).</summary>
    public const decimal Limit = 999_999_999_999_999m;

    /// <summary>How many decimals the currency is written with (ISO 4217 minor unit); 2 where it is not known.</summary>
    public static int Decimals(string currency) => currency switch
    {
        "JPY" or "KRW" or "VND" or "CLP" or "ISK" or "UGX" or "XAF" or "XOF" or "XPF" or "PYG" or "RWF" or "GNF" or "KMF" or "DJF" or "BIF" or "VUV" => 0,
        "BHD" or "KWD" or "OMR" or "JOD" or "TND" or "IQD" or "LYD" => 3,
        _ => 2,
    };

    /// <summary>The same number without closing zeros behind the point.</summary>
    public static decimal Plain(decimal amount) => amount / 1.0000000000000000000000000000m;

    /// <summary>Whether the text has the form of a currency code.</summary>
    public static bool IsCode(string? currency) => currency is { Length: 3 } && currency.All(char.IsAsciiLetterUpper);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency}");
}
