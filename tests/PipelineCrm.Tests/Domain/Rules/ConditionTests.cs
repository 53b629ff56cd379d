using PipelineCrm.Domain;
using static PipelineCrm.Tests.Domain.Example;

namespace PipelineCrm.Tests.Domain;

public class ConditionTests
{
    private static Truth Ask(Condition leaf, Fact found,
        params (string, Fact)[] others) => Evaluate(leaf, [(leaf.Field!, found), .. others]);

    private static Truth Evaluate(Condition leaf,
        (string, Fact)[] facts) => PipelineCrm.Domain.ConditionEvaluator.Evaluate(leaf, Facts(Open(Stage.Decision), facts));

    public static TheoryData<string, string, object?, object, bool> Cases => new()
    {
        { FieldKey.Title, "is", "Pump", "pump", true },
        { FieldKey.Title, "is", "Pump", "pumps", false },
        { FieldKey.Title, "isNot", "Pump", "valve", true },
        { FieldKey.Title, "contains", "UMP", "a pump", true },
        { FieldKey.Title, "startsWith", "a p", "A pump", true },
        { FieldKey.Title, "startsWith", "pump", "A pump", false },
        { FieldKey.Title, "matches", "^A.*p$", "A pump", true },
        { FieldKey.Title, "matches", "^p", "A pump", false },
        { FieldKey.Title, "filled", null, "x", true },
        { FieldKey.Title, "empty", null, "x", false },
        { FieldKey.Amount, "eq", 5, 5m, true },
        { FieldKey.Amount, "ne", 5, 5m, false },
        { FieldKey.Amount, "gt", 5, 5m, false },
        { FieldKey.Amount, "gte", 5, 5m, true },
        { FieldKey.Amount, "lt", 5, 4.99, true },
        { FieldKey.Amount, "lte", 5, 5.01, false },
        { FieldKey.Amount, "between", new[] { 1, 5 }, 5m, true },
        { FieldKey.Amount, "between", new[] { 1, 5 }, 6m, false },
        { FieldKey.Quotes, "filled", null, 0m, false },
        { FieldKey.Quotes, "empty", null, 0m, true },
        { FieldKey.ExpectedClose, "before", "2026-03-03", "2026-03-02", true },
        { FieldKey.ExpectedClose, "after", "2026-03-02", "2026-03-02", false },
        { FieldKey.ExpectedClose, "withinNext", 7, "2026-03-09", true },
        { FieldKey.ExpectedClose, "withinNext", 7, "2026-03-10", false },
        { FieldKey.ExpectedClose, "withinNext", 7, "2026-03-01", false },
        { FieldKey.ExpectedClose, "withinLast", 7, "2026-02-23", true },
        { FieldKey.ExpectedClose, "withinLast", 7, "2026-02-22", false },
        { FieldKey.Source, "anyOf", new[] { "event", "website" }, "website", true },
        { FieldKey.Source, "anyOf", new[] { "event", "website" }, "partner", false },
        { FieldKey.CustomerType, "is", "person", "person", true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_operator_compares_as_its_name_says(string field, string op, object? wanted, object found, bool holds) =>
        Assert.Equal(holds ? Truth.True : Truth.False, Ask(Leaf(field, op, wanted), Known(field, found)));

    private static Fact Known(string field, object value) => (FactCatalog.BuiltIn.Find(field)!.Type, value) switch
    {
        (FactType.Date, string day) => Fact.Of(DateOnly.Parse(day, null)),
        (_, string text) => Fact.Of(text),
        _ => Number(Convert.ToDecimal(value, null)),
    };

    [Fact]
    public void Every_field_and_operator_answers_true_or_false_of_empty_and_unknown_of_unknown()
    {
        foreach (var field in FactCatalog.BuiltIn.All)
        {
            Assert.All(field.Operators, op =>
            {
                Assert.Equal(op == Operator.Empty ? Truth.True : Truth.False,
                    Ask(Leaf(field.Key, op, op is "between" or "anyOf" ? new[] { "1", "2" } : "1"), Fact.Empty));
                Assert.Equal(Truth.Unknown, Ask(Leaf(field.Key, op, 1), Fact.Unknown));
            });
        }
    }

    [Fact]
    public void A_value_may_be_another_fields()
    {
        var covers = Leaf(FieldKey.Payments, "gte", new { field = FieldKey.Amount });
        Assert.Equal(Truth.True, Ask(covers, Number(10), (FieldKey.Amount, Number(10))));
        Assert.Equal(Truth.False, Ask(covers, Number(9), (FieldKey.Amount, Number(10))));
        Assert.Equal(Truth.False, Ask(covers, Number(9), (FieldKey.Amount, Fact.Empty)));
        Assert.Equal(Truth.Unknown, Ask(covers, Number(9)));
    }

    [Fact]
    public void Amounts_of_different_currencies_do_not_compare()
    {
        var covers = Leaf(FieldKey.Payments, "gte", new { field = FieldKey.Amount });
        Assert.Equal(Truth.Unknown,
            Ask(covers, Fact.Of((Money?)new Money(10, "USD")), (FieldKey.Amount, Fact.Of((Money?)new Money(5, "JPY")))));
        Assert.Equal(Truth.True,
            Ask(covers, Fact.Of((Money?)new Money(10, "USD")), (FieldKey.Amount, Fact.Of((Money?)new Money(5, "USD")))));
    }

    [Fact]
    public void Payments_say_nothing_once_the_move_changes_the_currency()
    {
        var rules = Entering(Stage.Consideration, Blocking("paid", Leaf(FieldKey.Payments, "gte", 1)));
        (string, Fact)[] facts = [(FieldKey.Payments, Number(5)), (FieldKey.Currency, Fact.Of("USD"))];
        Assert.Equal(VerdictKind.Allowed, Decide(Open(Stage.Awareness), Move(MoveKind.Advance, null, (FieldKey.Currency, Fact.Of("USD"))),
            rules, Role.Rep, facts).Result);
        Assert.Equal(VerdictKind.Refused, Decide(Open(Stage.Awareness), Move(MoveKind.Advance, null, (FieldKey.Currency, Fact.Of("JPY"))),
            rules, Role.Rep, facts).Result);
    }

    [Fact]
    public void Nonsense_is_unknown_and_blocks()
    {
        Assert.All(
            (Condition[])[new("no such field", "is"), new(FieldKey.Amount), Leaf(FieldKey.Amount, "contains", "x"),
                Leaf(FieldKey.Title, "matches", "("), Leaf(FieldKey.Amount, "gt", "five"), Leaf(FieldKey.Title, "is", 5)],
            leaf => Assert.Equal(Truth.Unknown, Evaluate(leaf, [(FieldKey.Amount, Number(5)), (FieldKey.Title, Fact.Of("x"))])));
        Assert.Equal(VerdictKind.Refused, Decide(Open(Stage.Awareness), Move(MoveKind.Advance),
            Entering(Stage.Consideration, Blocking("odd", new Condition("no such field", "is")))).Result);
    }

    [Fact]
    public void A_pattern_made_to_hang_does_not() =>
        Assert.Equal(Truth.False, Ask(Leaf(FieldKey.Title, "matches", "^(a+)+$"), Fact.Of(new string('a', 200) + "b")));

    [Fact]
    public void The_days_in_the_stage_are_counted_from_its_clock()
    {
        var rules = Entering(Stage.Consideration, Blocking("settle", Leaf(FieldKey.DaysInStage, "eq", 3)));
        Assert.Equal(VerdictKind.Allowed, Decide(Open(Stage.Awareness), Move(MoveKind.Advance), rules).Result);
    }
}
