using System.Text.Json;

namespace PipelineCrm.Domain;

/// <summary>One fact, one operator, one value. Whatever makes no sense is unknown, never an exception.</summary>
internal static class ConditionEvaluator
{
    public static Truth Evaluate(Condition leaf, DealFacts facts)
    {
        if (facts.Catalog.Find(leaf.Field) is not { } field || leaf.Op is not { } op || facts[field.Key] is not { IsUnknown: false } found
            || Operators.Find(field.Type, op) is not { } known)
        {
            return Truth.Unknown;
        }

        if (known.Takes == OperandKind.None)
        {
            return found.IsEmpty ? ThreeValuedLogic.Of(op == Operator.Empty) : known.Holds(found.Value!, [], facts.Today);
        }

        return Operands(leaf, known, found, facts) switch
        {
            null => Truth.Unknown,
            var wanted when found.IsEmpty || wanted.Count == 0 => Truth.False,
            var wanted => Plain(found.Value!) is var value && Operators.AcceptsType(field.Type, value)
                ? known.Holds(value, wanted, facts.Today) : Truth.Unknown,
        };
    }

    /// <summary>The value asked for; that of the other field where it names one and its value is there.</summary>
    public static JsonElement? Wanted(Condition leaf, DealFacts facts) =>
        FieldOf(leaf.Value) is { } other && facts[other].ToJson() is { } value ? value : leaf.Value;

    /// <summary>The other field that a value of the form <c>{"field": "amount"}</c> names.</summary>
    public static string? FieldOf(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } reference && reference.TryGetProperty("field", out var name) ? FactJson.Text(name)
            : null;

    /// <summary>A value of a condition as the operators take it; null for what none takes.</summary>
    public static object? Scalar(JsonElement value, OperandKind takes) => value.ValueKind switch
    {
        JsonValueKind.String => takes == OperandKind.Date && DateOnly.TryParseExact(FactJson.Text(value), "yyyy-MM-dd", out var day) ? day
            : FactJson.Text(value),
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Undefined or JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null => null,
    };

    /// <summary>Null: unknown, as amounts in two currencies are. An empty list: the other field is empty.</summary>
    private static List<object>? Operands(Condition leaf, TypeOperator known, Fact found, DealFacts facts)
    {
        if (FieldOf(leaf.Value) is { } other)
        {
            return (facts[other], found.Value) switch
            {
                ({ IsUnknown: true }, _) => null,
                ({ IsEmpty: true }, _) => [],
                ({ Value: Kernel.Money asked }, Kernel.Money has) when asked.Currency != has.Currency => null,
                var (fact, _) => [Plain(fact.Value!)],
            };
        }

        return leaf.Value switch
        {
            null => null,
            { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(one => Scalar(one, known.Takes))
                .OfType<object>()],
            { } value => Scalar(value, known.Takes) is { } scalar ? [scalar] : null,
        };
    }

    private static object Plain(object value) => value is Kernel.Money money ? money.Amount : value;
}
