using System.Text.Json;

namespace PipelineCrm.Domain;

/// <summary>One requirement held against the facts of one wanted move.</summary>
internal sealed class Judged
{
    private readonly DealFacts _facts;
    private readonly MoveKind _kind;
    private readonly Condition _root;

    public Judged(Requirement requirement, DealFacts facts, MoveKind kind)
    {
        (Requirement, _facts, _kind) = (requirement, facts, kind);
        _root = new Condition(All: requirement.All, Any: requirement.Any);
        Met = Evaluate(_root, leaf => Leaf.Evaluate(leaf, _facts));
        CanBeMet = IsReachable(_root);
    }

    public Requirement Requirement { get; }

    public Truth Met { get; }

    /// <summary>Whether some values of the fields that the request itself can bring would make it true.</summary>
    public bool CanBeMet { get; }

    public bool Blocks => Requirement.Mode == RequirementMode.Block;

    /// <summary>The fields that would help, in the order of the rule: those of parts that do not hold and that they can make hold.</summary>
    public IEnumerable<string> Fields() => Helping(_root);

    public IEnumerable<ConditionResult> Conditions() =>
        Leaves(_root, null).Select(one => Result(one.Leaf) with { OneOf = one.OneOf });

    private ConditionResult Result(Condition leaf) =>
        new(
            Requirement.Key,
            leaf.Field ?? "",
            leaf.Op ?? "",
            Leaf.Wanted(leaf, _facts),
            _facts[leaf.Field ?? ""].ToJson(),
            Leaf.Evaluate(leaf, _facts),
            Requirement.Mode,
            Requirement.Message,
            Requirement.OverrideBy)
        { RuleResult = Met };

    private IEnumerable<string> Helping(Condition condition)
    {
        if (Evaluate(condition, leaf => Leaf.Evaluate(leaf, _facts)) == Truth.True || !IsReachable(condition))
        {
            return [];
        }

        return IsLeaf(condition) ? [condition.Field!] : Parts(condition).SelectMany(Helping);
    }

    private bool IsReachable(Condition condition) =>
        Evaluate(condition, leaf => FieldCatalog.CanBring(_kind, leaf.Field) ? Truth.True : Leaf.Evaluate(leaf, _facts)) == Truth.True;

    private static Truth Evaluate(Condition condition, Func<Condition, Truth> ofLeaf) =>
        IsLeaf(condition)
            ? ofLeaf(condition)
            : Logic.And(
                Logic.All((condition.All ?? []).Select(part => Evaluate(part, ofLeaf))),
                condition.Any is { } any ? Logic.Any(any.Select(part => Evaluate(part, ofLeaf))) : Truth.True);

    /// <summary>With the number of the any-group that a leaf is a choice of: 0 the requirement's own, else the group's place from 1.</summary>
    private static IEnumerable<(Condition Leaf, int? OneOf)> Leaves(Condition condition, int? oneOf, int group = 0) =>
        IsLeaf(condition)
            ? [(condition, oneOf)]
            : (condition.All ?? []).SelectMany((part, i) => Leaves(part, null, i + 1))
                .Concat((condition.Any ?? []).SelectMany(part => Leaves(part, condition.Any is { Count: > 1 } ? group : null)));

    private static IEnumerable<Condition> Parts(Condition group) => (group.All ?? []).Concat(group.Any ?? []);

    private static bool IsLeaf(Condition condition) => condition.All is null && condition.Any is null && condition.Field is not null;
}

/// <summary>One field, one operator, one value. Whatever makes no sense is unknown, never an exception.</summary>
internal static class Leaf
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
            Operator.Empty => Logic.Of(empty),
            Operator.Filled => Logic.Of(!empty),
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
                Common.Money money => OfNumber(money.Amount, money.Currency, op, wanted),
                DateOnly date => OfDate(date, op, wanted[0], today),
                bool flag => wanted[0] is bool asked && op == Operator.Is ? Logic.Of(flag == asked) : Truth.Unknown,
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
            Operator.Is => Logic.Of(Same(texts[0])),
            Operator.IsNot => Logic.Of(!Same(texts[0])),
            Operator.AnyOf => Logic.Of(texts.Exists(Same)),
            Operator.Contains => Logic.Of(found.Contains(texts[0], StringComparison.OrdinalIgnoreCase)),
            Operator.StartsWith => Logic.Of(found.StartsWith(texts[0], StringComparison.OrdinalIgnoreCase)),
            Operator.Matches => Pattern.IsMatch(texts[0], found, PatternTime),
            _ => Truth.Unknown,
        };

        bool Same(string text) => string.Equals(found, text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Two amounts of different currencies do not compare: unknown.</summary>
    private static Truth OfNumber(decimal found, string? currency, string op, List<object> wanted)
    {
        if (wanted.Exists(value => value is not (decimal or Common.Money)) || wanted.OfType<Common.Money>().Any(other => currency is not null && other.Currency != currency))
        {
            return Truth.Unknown;
        }

        var numbers = wanted.ConvertAll(value => value is Common.Money money ? money.Amount : (decimal)value);
        return op switch
        {
            Operator.Eq => Logic.Of(found == numbers[0]),
            Operator.Ne => Logic.Of(found != numbers[0]),
            Operator.Gt => Logic.Of(found > numbers[0]),
            Operator.Gte => Logic.Of(found >= numbers[0]),
            Operator.Lt => Logic.Of(found < numbers[0]),
            Operator.Lte => Logic.Of(found <= numbers[0]),
            Operator.Between when numbers.Count == 2 => Logic.Of(found >= numbers[0] && found <= numbers[1]),
            _ => Truth.Unknown,
        };
    }

    private static Truth OfDate(DateOnly found, string op, object wanted, DateOnly today) => (op, wanted) switch
    {
        (Operator.Before, _) when Day(wanted) is { } day => Logic.Of(found < day),
        (Operator.After, _) when Day(wanted) is { } day => Logic.Of(found > day),
        (Operator.WithinLast, decimal days) => Logic.Of(found <= today && today.DayNumber - found.DayNumber <= days),
        (Operator.WithinNext, decimal days) => Logic.Of(found >= today && found.DayNumber - today.DayNumber <= days),
        _ => Truth.Unknown,
    };

    private static DateOnly? Day(object value) => value switch
    {
        DateOnly date => date,
        string text when DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date) => date,
        _ => null,
    };
}
