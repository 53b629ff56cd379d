using System.Globalization;
using System.Text.Json;
using PipelineCrm.Catalog;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Rules;

namespace PipelineCrm.Web.Components.Fields;

/// <summary>One fact while it is being filled in, whatever its type: what its control holds, and what that comes to.</summary>
public sealed class FieldInput
{
    private readonly JsonElement? _before;
    private readonly string? _beforeCurrency;

    /// <param name="value">What is there; null: nothing.</param>
    /// <param name="currency">Of an amount with a fact for its currency: what that says.</param>
    public FieldInput(FactView fact, JsonElement? value, string? currency, string baseCurrency)
    {
        (Fact, _before, _beforeCurrency, Currency) = (fact, value, currency, currency ?? baseCurrency);
        switch (fact.Type, value)
        {
            case (_, null):
                break;
            case (FieldType.Money, { ValueKind: JsonValueKind.Object } money):
                Amount = money.GetProperty("amount").GetDecimal();
                Currency = money.GetProperty("currency").GetString()!;
                break;
            case (FieldType.Money, { } amount):
                Amount = amount.GetDecimal();
                break;
            case (FieldType.Number or FieldType.Count, { } number):
                Text = number.GetDecimal().ToString("#,##0.####", CultureInfo.CurrentCulture);
                break;
            case (FieldType.Date, { } day):
                Day = day.Deserialize<DateOnly>(WireNames.Json);
                break;
            case (FieldType.Flag, { } flag):
                Text = flag.GetBoolean() ? Yes : No;
                break;
            case (FieldType.Choices, { } codes):
                Codes.UnionWith(codes.EnumerateArray().Select(code => code.GetString()!));
                break;
            case (FieldType.Text or FieldType.Choice or FieldType.User, { } text):
                Text = text.GetString();
                break;
        }
    }

    public const string Yes = "true";
    public const string No = "false";

    public FactView Fact { get; }

    /// <summary>A text, a number as it was typed, a code, somebody's id.</summary>
    public string? Text { get; set; }

    public decimal? Amount { get; set; }

    public string Currency { get; set; }

    public DateOnly? Day { get; set; }

    public HashSet<string> Codes { get; } = new(StringComparer.Ordinal);

    /// <summary>What the control itself cannot read, if anything; nothing is sent while it stands.</summary>
    public string? Mistake { get; set; }

    public bool IsEmpty => Value is null;

    /// <summary>As it is sent; null where there is nothing.</summary>
    public object? Value => Fact.Type switch
    {
        FieldType.Money when Fact.CurrencyKey is null => Amount is { } amount ? new { amount, currency = Currency } : null,
        FieldType.Money => Amount,
        FieldType.Date => Day,
        FieldType.Number or FieldType.Count => LeafForm.Read(Text ?? "", CultureInfo.CurrentCulture),
        FieldType.Flag => Text switch { Yes => true, No => false, _ => null },
        FieldType.Choices => Codes.Count == 0 ? null : Codes.Order(StringComparer.Ordinal).ToArray(),
        FieldType.Text or FieldType.Choice or FieldType.User => string.IsNullOrWhiteSpace(Text) ? null : Text,
    };

    public bool IsChanged => Value is { } value
        ? _before is not { } before || !JsonElement.DeepEquals(JsonSerializer.SerializeToElement(value, value.GetType(), WireNames.Json), before) || (HasCurrency && Currency != _beforeCurrency)
        : _before is not null;

    /// <summary>An amount goes with what its currency is.</summary>
    private bool HasCurrency => Fact.CurrencyKey is not null;

    /// <summary>Puts what the control holds among fields that are sent.</summary>
    public void AddTo(FieldValues fields)
    {
        fields.And(Fact.Field, Value);
        if (HasCurrency)
        {
            fields.And(Fact.CurrencyKey!, Amount is null ? null : Currency);
        }
    }

    /// <summary>What is wrong with it, as the use case says.</summary>
    /// <param name="prefix">Path of the fields in the request.</param>
    public string? Wrong(Problem? problem, string prefix = "") =>
        Shared.ProblemFields.At(problem, prefix + Fact.Field) ?? (HasCurrency ? Shared.ProblemFields.At(problem, prefix + Fact.CurrencyKey) : null);
}
