using System.Globalization;
using System.Text.Json;

namespace PipelineCrm.Domain;

/// <summary>How a value of each type is written in JSON: in requests and answers, in the history, in custom columns.</summary>
public static class FactJson
{
    /// <summary>The value as it stands there, untrimmed: a string, decimal, DateOnly, Guid, bool, Money or array of strings. Null where it
    /// is of another kind.</summary>
    /// <param name="baseCurrency">What an amount without a currency is in.</param>
    public static object? Raw(FactDefinition fact, JsonElement json, string baseCurrency) => (fact.Type, json.ValueKind) switch
    {
        (FactType.Choice, JsonValueKind.String) when fact.Choices?.Kind == ChoiceKind.Currencies => Text(json) is { } code
            ? Currencies.CodeOf(code) ?? code : null,
        (FactType.Text or FactType.Choice, JsonValueKind.String) => Text(json),
        (FactType.Number or FactType.Count, JsonValueKind.Number) => Number(json),
        (FactType.Money, JsonValueKind.Number) when fact.CurrencyKey is not null => Number(json),
        (FactType.Money, JsonValueKind.Number) => Number(json) is { } amount ? new Money(amount, baseCurrency) : null,
        (FactType.Money, JsonValueKind.Object) when fact.CurrencyKey is null => Amount(json, baseCurrency),
        (FactType.Date, JsonValueKind.String) => DateOnly.TryParseExact(Text(json), "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var day) ? day : null,
        (FactType.User, JsonValueKind.String) => json.TryGetGuid(out var id) ? id : null,
        (FactType.Flag, JsonValueKind.True or JsonValueKind.False) => json.GetBoolean(),
        (FactType.Choices, JsonValueKind.Array) => Texts(json),
        _ => null,
    };

    /// <summary>The raw value as it is kept: texts trimmed, empty where nothing is left to see, numbers without closing zeros.</summary>
    public static Fact Of(object? raw) => raw switch
    {
        null => Fact.Empty,
        string text => Fact.Of(FieldRules.TrimToNull(text)),
        decimal number => Fact.Of((decimal?)Money.Plain(number)),
        Money money => Fact.Of((Money?)new Money(Money.Plain(money.Amount), money.Currency)),
        DateOnly day => Fact.Of((DateOnly?)day),
        Guid id => Fact.Of(id.ToString()),
        bool flag => Fact.Of(flag),
        string[] codes => Fact.Of(ChoiceSet.Of(codes)),
        _ => throw new ArgumentOutOfRangeException(nameof(raw), raw.GetType(), "No fact has such a value."),
    };

    /// <summary>A value as it was stored by <see cref="Fact.ToStored"/>.</summary>
    public static Fact Stored(FactDefinition fact, JsonElement? json) =>
        json is { ValueKind: not JsonValueKind.Null } value ? Of(Raw(fact, value, "")) : Fact.Empty;

    /// <summary>Null where it is no text, or one that cannot be read: half of a character, or bytes that are none.</summary>
    public static string? Text(JsonElement? json)
    {
        try
        {
            return json is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether all names and texts in it can be read.</summary>
    public static bool IsReadable(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.String => json.GetString() is not null,
                JsonValueKind.Array => json.EnumerateArray().All(IsReadable),
                JsonValueKind.Object => json.EnumerateObject().All(property => property.Name is not null && IsReadable(property.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string[]? Texts(JsonElement json)
    {
        var texts = json.EnumerateArray().Select(one => Text(one)).OfType<string>().ToArray();
        return texts.Length == json.GetArrayLength() ? texts : null;
    }

    private static decimal? Number(JsonElement json) => json.TryGetDecimal(out var number) ? number : null;

    private static Money? Amount(JsonElement json, string baseCurrency)
    {
        decimal? amount = null;
        var currency = baseCurrency;
        foreach (var property in json.EnumerateObject())
        {
            switch (property.Name, property.Value.ValueKind)
            {
                case ("amount", JsonValueKind.Number):
                    amount = Number(property.Value);
                    break;
                case ("currency", JsonValueKind.String):
                    currency = Text(property.Value) ?? "";
                    break;
                default:
                    return null;
            }
        }

        return amount is { } known ? new Money(known, Currencies.CodeOf(currency) ?? currency) : null;
    }
}
