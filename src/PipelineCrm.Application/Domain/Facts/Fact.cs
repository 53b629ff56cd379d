using System.Globalization;
using System.Text.Json;

namespace PipelineCrm.Domain;

/// <summary>A fact's value. Empty is known ("is empty" is true, comparisons are false); unknown was not recorded or may not be read.</summary>
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

    /// <summary>A string, decimal, <see cref="Money"/>, <see cref="DateOnly"/> or bool; null where empty or unknown.</summary>
    public object? Value { get; }

    public bool IsUnknown => !_known;

    public bool IsEmpty => _known && Value is null;

    public JsonElement? ToJson() => Value switch
    {
        null => null,
        DateOnly date => JsonSerializer.SerializeToElement(date.ToString("O", CultureInfo.InvariantCulture)),
        Money money => JsonSerializer.SerializeToElement(money.Amount),
        var other => JsonSerializer.SerializeToElement(other, other.GetType()),
    };
}
