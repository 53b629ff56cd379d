using System.Text.Json;

namespace PipelineCrm.Domain;

/// <summary>One field, one operator, one value. Whatever makes no sense is unknown, never an exception.</summary>
internal static class ConditionEvaluator
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);

    public static Truth Evaluate(Condition leaf, DealFacts facts)
    {
        if (FieldCatalog.Find(leaf.Field) is not { } field || leaf.Op is not { } op || facts[field.Key] is { IsUnknown: true })
        {
            return Truth.Unknown;
        }

        var found = facts[field.Key];
        var empty = found.IsEmpty || (field.Type == FieldType.Count && found.Value is 0m);
        return op switch
        {
            Operator.Empty => ThreeValuedLogic.Of(empty),
            Operator.Filled => ThreeValuedLogic.Of(!empty),
            _ => Compare(found, op, Operands(leaf, facts), facts.Today),
        };
    }

    /// <summary>The value asked for; that of the other field where it names one and its value is there.</summary>
    public static JsonElement? Wanted(Condition leaf, DealFacts facts) =>
        FieldOf(leaf.Value) is { } other && facts[other].ToJson() is { } value ? value : leaf.Value;

    /// <summary>The other field that a value of the form <c>{"field": "amount"}</c> names.</summary>
    public static string? FieldOf(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } reference && reference.TryGetProperty("field", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;

    /// <summary>Null: unknown. An empty list: the other field is empty.</summary>
    private static List<object>? Operands(Condition leaf, DealFacts facts)
    {
        if (FieldOf(leaf.Value) is { } other)
        {
            return facts[other] switch { { IsUnknown: true } => null, { IsEmpty: true } => [], var fact => [fact.Value!] };
        }

        return leaf.Value switch
        {
            null => null,
            { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(Scalar).OfType<object>()],
            { } value => Scalar(value) is { } scalar ? [scalar] : null,
        };
    }

    private static object? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Undefined or JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null => null,
    };

    private static Truth Compare(Fact found, string op, List<object>? wanted, DateOnly today)
    {
        if (wanted is null)
        {
            return Truth.Unknown;
        }

        return found.IsEmpty || wanted.Count == 0
            ? Truth.False
            : found.Value switch
            {
                string text => OfText(text, op, wanted),
                decimal number => OfNumber(number, null, op, wanted),
                Kernel.Money money => OfNumber(money.Amount, money.Currency, op, wanted),
                DateOnly date => OfDate(date, op, wanted[0], today),
                bool flag => wanted[0] is bool asked && op == Operator.Is ? ThreeValuedLogic.Of(flag == asked) : Truth.Unknown,
                _ => Truth.Unknown,
            };
    }

    private static Truth OfText(string found, string op, List<object> wanted)
    {
        var texts = wanted.OfType<string>().ToList();
        if (texts.Count != wanted.Count)
        {
            return Truth.Unknown;
        }

        return op switch
        {
            Operator.Is => ThreeValuedLogic.Of(Same(texts[0])),
            Operator.IsNot => ThreeValuedLogic.Of(!Same(texts[0])),
            Operator.AnyOf => ThreeValuedLogic.Of(texts.Exists(Same)),
            Operator.Contains => ThreeValuedLogic.Of(found.Contains(texts[0], StringComparison.OrdinalIgnoreCase)),
            Operator.StartsWith => ThreeValuedLogic.Of(found.StartsWith(texts[0], StringComparison.OrdinalIgnoreCase)),
            Operator.Matches => TextPattern.IsMatch(texts[0], found, PatternTime),
            _ => Truth.Unknown,
        };

        bool Same(string text) => string.Equals(found, text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Two amounts of different currencies do not compare: unknown.</summary>
    private static Truth OfNumber(decimal found, string? currency, string op, List<object> wanted)
    {
        if (wanted.Exists(value => value is not (decimal or Kernel.Money)) || wanted.OfType<Kernel.Money>().Any(other => currency is not null && other.Currency != currency))
        {
            return Truth.Unknown;
        }

        var numbers = wanted.ConvertAll(value => value is Kernel.Money money ? money.Amount : (decimal)value);
        return op switch
        {
            Operator.Eq => ThreeValuedLogic.Of(found == numbers[0]),
            Operator.Ne => ThreeValuedLogic.Of(found != numbers[0]),
            Operator.Gt => ThreeValuedLogic.Of(found > numbers[0]),
            Operator.Gte => ThreeValuedLogic.Of(found >= numbers[0]),
            Operator.Lt => ThreeValuedLogic.Of(found < numbers[0]),
            Operator.Lte => ThreeValuedLogic.Of(found <= numbers[0]),
            Operator.Between when numbers.Count == 2 => ThreeValuedLogic.Of(found >= numbers[0] && found <= numbers[1]),
            _ => Truth.Unknown,
        };
    }

    private static Truth OfDate(DateOnly found, string op, object wanted, DateOnly today) => (op, wanted) switch
    {
        (Operator.Before, _) when Day(wanted) is { } day => ThreeValuedLogic.Of(found < day),
        (Operator.After, _) when Day(wanted) is { } day => ThreeValuedLogic.Of(found > day),
        (Operator.WithinLast, decimal days) => ThreeValuedLogic.Of(found <= today && today.DayNumber - found.DayNumber <= days),
        (Operator.WithinNext, decimal days) => ThreeValuedLogic.Of(found >= today && found.DayNumber - today.DayNumber <= days),
        _ => Truth.Unknown,
    };

    private static DateOnly? Day(object value) => value switch
    {
        DateOnly date => date,
        string text when DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date) => date,
        _ => null,
    };
}
