using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PipelineCrm.Domain;
using PipelineCrm.Rules;

namespace PipelineCrm.Web.Components.Rules;

/// <summary>One condition with its value as it was typed. What cannot be read goes on as text, for the validator to say so at its
/// place.</summary>
public sealed partial class ConditionForm
{
    public string Field { get; set; } = "";
    public string Op { get; set; } = "";
    public string Value { get; set; } = "";
    public string Upper { get; set; } = "";
    public HashSet<string> Values { get; private set; } = [];

    /// <summary>The field whose value is asked for; null: the typed value.</summary>
    public string? OtherField { get; set; }

    public static ConditionForm New(string field) => new() { Field = field, Op = Operator.Filled };

    public static ConditionForm Of(Condition condition)
    {
        var leaf = new ConditionForm { Field = condition.Field ?? "", Op = condition.Op ?? "" };
        switch (condition.Value)
        {
            case { ValueKind: JsonValueKind.Object } reference:
                leaf.OtherField = reference.TryGetProperty("field", out var name) ? name.GetString() : null;
                break;
            case { ValueKind: JsonValueKind.Array } array when condition.Op == Operator.AnyOf:
                leaf.Values = [.. array.EnumerateArray().Select(Text)];
                break;
            case { ValueKind: JsonValueKind.Array } two:
                (leaf.Value, leaf.Upper) = (Text(two[0]), Text(two[1]));
                break;
            case { } value:
                leaf.Value = Text(value);
                break;
        }

        return leaf;
    }

    public Condition Condition(IReadOnlyList<RuleField> fields)
    {
        var type = fields.FirstOrDefault(field => field.Key == Field)?.Type ?? FactType.Text;
        return new Condition(Field, Op,
            OtherField is { } other && TakesField(type) ? Json(new { field = other }) : Json(Operand(Operator.Operand(Op, type))));
    }

    /// <summary>Whether the comparison may be with another field's value.</summary>
    public bool TakesField(FactType type) => Operator.Operand(Op, type) is OperandKind.Text or OperandKind.Number or OperandKind.Date;

    /// <summary>What stands in a number's field is read as the user's language writes it, strictly: groups of three or none.</summary>
    public static decimal? Read(string typed, CultureInfo culture)
    {
        var format = culture.NumberFormat;
        var plain = typed.Normalize(NormalizationForm.FormKC).Trim()
            .Replace(format.NumberDecimalSeparator, "\u0001", StringComparison.Ordinal)
            .Replace(format.NumberGroupSeparator, ",", StringComparison.Ordinal)
            .Replace("\u0001", ".", StringComparison.Ordinal);
        return Grouped().IsMatch(plain) && decimal.TryParse(plain.Replace(",", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    private object? Operand(OperandKind kind) => kind switch
    {
        OperandKind.None => null,
        OperandKind.Text or OperandKind.Pattern or OperandKind.Date => Value.Trim(),
        OperandKind.Texts => Values.Order(StringComparer.Ordinal).ToArray(),
        OperandKind.Number or OperandKind.Days => NumberOrText(Value),
        OperandKind.TwoNumbers => new[] { NumberOrText(Value), NumberOrText(Upper) },
        OperandKind.Flag => Value == "true",
    };

    private static object NumberOrText(string typed) => Read(typed, CultureInfo.CurrentCulture) is { } number ? number : typed;

    private static JsonElement? Json(object? value) => value is null ? null : JsonSerializer.SerializeToElement(value, value.GetType());

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number when value.TryGetDecimal(out var number) => number.ToString("#,##0.####", CultureInfo.CurrentCulture),
        _ => value.GetRawText(),
    };

    [GeneratedRegex(@"^-?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?$")]
    private static partial Regex Grouped();
}
