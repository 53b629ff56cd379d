using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Facts;

/// <summary>Values of facts that lie close to each other, so that conditions about them are often true and often not; and such
/// conditions.</summary>
internal static class FactSamples
{
    private static readonly string[] Words = ["acme", "Acme 有限公司", "İstanbul", "ΣΑΣ works", "50%_off", @"a\b", "Straße", "boat"];
    private static readonly decimal[] Numbers = [0m, 0.5m, 1m, 2m, 5m, 30m, 500_000m];
    private static readonly string[] Currencies = ["USD", "EUR", "JPY"];
    private static readonly string[] Codes = ["red", "green", "blue"];

    public static IReadOnlyList<CustomChoice>? ChoicesOf(FactType type) =>
        type is FactType.Choice or FactType.Choices ? [.. Codes.Select(code => new CustomChoice(code, (code, code + "色")))] : null;

    /// <summary>In UTC, which is the zone of a new organisation.</summary>
    public static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date);

    public static DateOnly Day(Random random) => Today.AddDays(random.Next(-4, 5) * 10);

    /// <summary>A value as a form sends it; null: none.</summary>
    public static object? Written(FactDefinition fact, Random random, IReadOnlyList<string> people) => fact.Type switch
    {
        FactType.Text when fact.Form == TextForm.Email => $"{random.Next(5)}@test.example",
        FactType.Text when fact.Form == TextForm.Phone => $"+49 40 12345{random.Next(5)}",
        FactType.Text => Pick(random, Words),
        FactType.Number => Pick(random, Numbers) * (random.Next(4) == 0 ? -1 : 1),
        FactType.Money when fact.CurrencyKey is not null => Math.Floor(Pick(random, Numbers)),
        FactType.Money => new Money(Math.Floor(Pick(random, Numbers)), Pick(random, Currencies)),
        FactType.Date => Day(random),
        FactType.Choices => Codes.Where(_ => random.Next(2) == 0).ToArray(),
        FactType.Flag => random.Next(2) == 0,
        FactType.User => Pick(random, people),
        FactType.Choice => fact.Choices switch
        {
            { Kind: ChoiceKind.Currencies } => Pick(random, Currencies),
            { Kind: ChoiceKind.Codes } => Pick(random, ["event", "website", "referral"]),
            { Listed: { } listed } => Pick(random, listed).Code,
            _ => null,
        },
        FactType.Count => null,
    };

    /// <summary>Conditions that a filter may hold, groups at most two deep in it.</summary>
    public static Condition Filter(Random random, IReadOnlyList<FactDefinition> facts, IReadOnlyList<string> people)
    {
        return Group(random.Next(1, 4), deeper: 2);

        Condition Group(int parts, int deeper)
        {
            IReadOnlyList<Condition> all = [.. Enumerable.Range(0, parts)
                .Select(_ => deeper > 0 && random.Next(4) == 0 ? Group(random.Next(1, 4), deeper - 1) : Leaf(random, facts, people))];
            return random.Next(2) == 0 ? new Condition(All: all) : new Condition(Any: all);
        }
    }

    private static Condition Leaf(Random random, IReadOnlyList<FactDefinition> facts, IReadOnlyList<string> people)
    {
        var fact = Pick(random, facts);
        var op = Pick(random, [.. fact.Operators.Where(one => one != Operator.Matches)]);
        return new Condition(fact.Key, op, Operand(random, fact, op, facts, people) is { } value
            ? JsonSerializer.SerializeToElement(value, value.GetType(), WireNames.Json) : null);
    }

    private static object? Operand(Random random, FactDefinition fact, string op, IReadOnlyList<FactDefinition> facts,
        IReadOnlyList<string> people)
    {
        var takes = Operator.Operand(op, fact.Type);
        var others = facts.Where(other => other.Key != fact.Key && fact.ComparesWith(other)).ToList();
        if (takes is OperandKind.Text or OperandKind.Number or OperandKind.Date or OperandKind.Flag && fact.Type != FactType.Choices
            && others.Count > 0 && random.Next(4) == 0)
        {
            return new { field = Pick(random, others).Key };
        }

        return takes switch
        {
            OperandKind.None => null,
            OperandKind.Text => Text(random, fact, people),
            OperandKind.Texts => new[] { Text(random, fact, people), Text(random, fact, people) },
            OperandKind.Number => Pick(random, Numbers),
            OperandKind.TwoNumbers => new[] { Pick(random, Numbers[..3]), Pick(random, Numbers[3..]) },
            OperandKind.Date => Day(random),
            OperandKind.Days => random.Next(0, 40),
            OperandKind.Flag => random.Next(2) == 0,
            OperandKind.Pattern => throw new InvalidOperationException("No filter asks for a pattern."),
        };
    }

    private static string Text(Random random, FactDefinition fact, IReadOnlyList<string> people) => fact.Type switch
    {
        FactType.Text => Pick(random, [.. Words, "ACME", "acm", "ισ", "i", "%", "_", "Σ", "@test", "+49"]),
        FactType.User => Pick(random, people),
        _ => fact.Choices?.Kind switch
        {
            ChoiceKind.Currencies => Pick(random, Currencies),
            ChoiceKind.Codes => Pick(random, ["event", "website", "EVENT", "price", "nowhere"]),
            ChoiceKind.Users => Pick(random, people),
            _ => Pick(random, fact.Choices!.Listed!).Code,
        },
    };

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
