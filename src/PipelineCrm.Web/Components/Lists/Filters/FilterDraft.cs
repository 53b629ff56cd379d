using System.Globalization;
using System.Text.Json;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Fields;
using PipelineCrm.Web.Components.Rules;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>A condition of a filter while it is being filled in.</summary>
public sealed class FilterDraft
{
    /// <summary>Compares with another fact, which only programs write: kept until something is typed.</summary>
    private readonly Condition? _kept;

    public FilterDraft(FactView fact, Condition? condition, string baseCurrency)
    {
        _kept = condition is { Value.ValueKind: JsonValueKind.Object } ? condition : null;
        Fact = fact;
        Op = condition?.Op ?? Usual(fact);
        var single = condition?.Value is { ValueKind: not (JsonValueKind.Array or JsonValueKind.Object) } value && IsField ? value
            : (JsonElement?)null;
        Input = new FieldInput(Fact, Fits(single) ? single : null, null, baseCurrency);
        switch (condition?.Value)
        {
            case { ValueKind: JsonValueKind.Array } codes when Operand == OperandKind.Texts:
                Codes.UnionWith(codes.EnumerateArray().Select(code => code.ToString()));
                break;
            case { ValueKind: JsonValueKind.Array } two when Operand == OperandKind.TwoNumbers && two.GetArrayLength() == 2:
                (Number, Upper) = (Typed(two[0]), Typed(two[1]));
                break;
            case { ValueKind: JsonValueKind.Number } number:
                Number = Typed(number);
                break;
            case { ValueKind: JsonValueKind.String } text when Operand == OperandKind.Text && fact.Type == FactType.Choices:
                Input.Text = text.GetString();
                break;
        }
    }

    public FactView Fact { get; }

    public string Op { get; set; }

    /// <summary>A text, a day, a choice, yes or no.</summary>
    public FieldInput Input { get; }

    public HashSet<string> Codes { get; } = new(StringComparer.Ordinal);

    public string? Number { get; set; }

    public string? Upper { get; set; }

    public OperandKind Operand => Fact.Type == FactType.User ? Operator.Operand(Op, FactType.Choice) : Operator.Operand(Op, Fact.Type);

    /// <summary>Filters know no patterns: the database's mean something else.</summary>
    public IEnumerable<string> Operators => Fact.Operators.Where(op => op != Operator.Matches);

    private bool IsField => Operand is OperandKind.Text or OperandKind.Date or OperandKind.Flag;

    /// <summary>Null while something is missing or cannot be read.</summary>
    public Condition? Condition => Filled ?? (_kept?.Op == Op ? _kept : null);

    private Condition? Filled => Operand switch
    {
        OperandKind.None => new Condition(Fact.Key, Op),
        OperandKind.Texts => Codes.Count == 0 ? null : With(Codes.Order(StringComparer.Ordinal).ToArray()),
        OperandKind.TwoNumbers => Read(Number) is { } low && Read(Upper) is { } high ? With(new[] { low, high }) : null,
        OperandKind.Number or OperandKind.Days => Read(Number) is { } number ? With(number) : null,
        OperandKind.Text when Fact.Type == FactType.Choices => string.IsNullOrEmpty(Input.Text) ? null : With(Input.Text),
        _ => Input is { Mistake: null, Value: { } value } ? With(value) : null,
    };

    private Condition With<T>(T value) => new(Fact.Key, Op, JsonSerializer.SerializeToElement<object>(value!, WireNames.Json));

    private bool Fits(JsonElement? value) => value is null || (Fact.Type, value.Value.ValueKind) switch
    {
        (FactType.Flag, JsonValueKind.True or JsonValueKind.False) => true,
        (FactType.Date, JsonValueKind.String) => DateOnly.TryParseExact(value.Value.GetString(), "yyyy-MM-dd", out _),
        (FactType.Text or FactType.Choice or FactType.User, JsonValueKind.String) => true,
        _ => false,
    };

    private static string Usual(FactView fact) => fact.Type switch
    {
        FactType.Text => Operator.Contains,
        FactType.Number or FactType.Money or FactType.Count => Operator.Gte,
        FactType.Date => Operator.WithinNext,
        FactType.Choice or FactType.User or FactType.Choices => Operator.AnyOf,
        FactType.Flag => Operator.Is,
    };

    private static decimal? Read(string? typed) => ConditionForm.Read(typed ?? "", CultureInfo.CurrentCulture);

    private static string Typed(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetDecimal(out var value) ? value.ToString("#,##0.####", CultureInfo.CurrentCulture) : number.GetRawText();
}
