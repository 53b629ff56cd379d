using System.Globalization;
using System.Text.Json;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Rules;

namespace PipelineCrm.Web.Components.Fields;

/// <summary>One fact while it is being filled in, whatever its type: what its control holds, and what that comes to.</summary>
public sealed class FieldInput
{
    private readonly JsonElement? _before;
    private readonly string? _beforeCurrency;
    private DateOnly? _kept;

    /// <param name="value">What is there; null: nothing.</param>
    /// <param name="currency">Of an amount with a fact for its currency: what that says.</param>
    public FieldInput(FactView fact, JsonElement? value, string? currency, string baseCurrency)
    {
        (Fact, _before, _beforeCurrency, Currency) = (fact, value, currency, currency ?? baseCurrency);
        switch (fact.Type, value)
        {
            case (_, null):
                break;
            case (FactType.Money, { ValueKind: JsonValueKind.Object } money):
                Amount = money.GetProperty("amount").GetDecimal();
                Currency = money.GetProperty("currency").GetString()!;
                break;
            case (FactType.Money, { } amount):
                Amount = amount.GetDecimal();
                break;
            case (FactType.Number or FactType.Count, { } number):
                Text = number.GetDecimal().ToString("#,##0.####", CultureInfo.CurrentCulture);
                break;
            case (FactType.Date, { } day):
                Day = _kept = day.Deserialize<DateOnly>(WireNames.Json);
                break;
            case (FactType.Flag, { } flag):
                Text = flag.GetBoolean() ? Yes : No;
                break;
            case (FactType.Choices, { } codes):
                Codes.UnionWith(codes.EnumerateArray().Select(code => code.GetString()!));
                break;
            case (FactType.Text or FactType.Choice or FactType.User, { } text):
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

    public DateOnly? Day
    {
        get;
        set => (field, IsAsking) = (value, false);
    }

    /// <summary>Whether the question about a day that has passed stands at the field.</summary>
    public bool IsAsking { get; private set; }

    public HashSet<string> Codes { get; } = new(StringComparer.Ordinal);

    /// <summary>What the control itself cannot read, if anything; nothing is sent while it stands.</summary>
    public string? Mistake { get; set; }

    public bool IsEmpty => Value is null;

    /// <summary>As it is sent; null where there is nothing.</summary>
    public object? Value => Fact.Type switch
    {
        FactType.Money when Fact.CurrencyKey is null => Amount is { } amount ? new { amount, currency = Currency } : null,
        FactType.Money => Amount,
        FactType.Date => Day,
        FactType.Number or FactType.Count => ConditionForm.Read(Text ?? "", CultureInfo.CurrentCulture),
        FactType.Flag => Text switch { Yes => true, No => false, _ => null },
        FactType.Choices => Codes.Count == 0 ? null : Codes.Order(StringComparer.Ordinal).ToArray(),
        FactType.Text or FactType.Choice or FactType.User => string.IsNullOrWhiteSpace(Text) ? null : Text,
    };

    /// <summary>True the first time that a day of the past is to be saved where one to come is meant: it is asked at the field, and saving
    /// again keeps it.</summary>
    public bool Asks(DateOnly today)
    {
        if (!Fact.LiesAhead || Day is not { } day || day >= today || day == _kept)
        {
            return false;
        }

        (_kept, IsAsking) = (day, true);
        return true;
    }

    public bool IsChanged => Value is { } value
        ? _before is not { } before || !JsonElement.DeepEquals(JsonSerializer.SerializeToElement(value, value.GetType(), WireNames.Json),
            before) || (HasCurrency && Currency != _beforeCurrency)
        : _before is not null;

    /// <summary>An amount goes with what its currency is.</summary>
    private bool HasCurrency => Fact.CurrencyKey is not null;

    /// <summary>Puts what the control holds among fields that are sent.</summary>
    public void AddTo(SubmittedFieldValues fields)
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
        Forms.ProblemFields.At(problem, prefix + Fact.Field)
            ?? (HasCurrency ? Forms.ProblemFields.At(problem, prefix + Fact.CurrencyKey) : null);
}
