using System.Globalization;
using System.Text.Json;

namespace PipelineCrm.Domain;

/// <summary>A fact's value. Empty is known ("is empty" is true, comparisons are false); unknown was not recorded or may not be
/// read.</summary>
public readonly record struct Fact
{
    private readonly bool _known;

    private Fact(bool known, object? value) => (_known, Value) = (known, value);

    public static readonly Fact Unknown;

    public static readonly Fact Empty = new(true, null);

    public static Fact Of(string? text) => string.IsNullOrWhiteSpace(text) ? Empty : new(true, text);

    public static Fact Of(decimal? number) => new(true, number);

    public static Fact Of(Money? money) => new(true, money);

    public static Fact Of(DateOnly? date) => new(true, date);

    public static Fact Of(bool flag) => new(true, flag);

    public static Fact Of(ChoiceSet? chosen) => new(true, chosen);

    /// <summary>A string, decimal, <see cref="Money"/>, <see cref="DateOnly"/>, <see cref="ChoiceSet"/> or bool; null where empty or
    /// unknown.</summary>
    public object? Value { get; }

    public bool IsUnknown => !_known;

    public bool IsEmpty => _known && Value is null;

    /// <summary>As conditions tell what they found: of money the amount alone.</summary>
    public JsonElement? ToJson() => Value is Money money ? JsonSerializer.SerializeToElement(money.Amount) : ToStored();

    /// <summary>As it is kept and answered: of money amount and currency. Null where empty or unknown.</summary>
    public JsonElement? ToStored() => Stored is { } value ? JsonSerializer.SerializeToElement(value, WireNames.Json) : null;

    /// <summary>The same, to be written as JSON by <see cref="WireNames.Json"/>.</summary>
    internal object? Stored => Value switch
    {
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        Money money => new { amount = money.Amount, currency = money.Currency },
        ChoiceSet chosen => chosen.ToArray(),
        var other => other,
    };
}
