using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PipelineCrm.Domain;
using Outcome = PipelineCrm.Domain.Outcome;

namespace PipelineCrm.Tests.Domain;

/// <summary>Random deals, moves and rule sets.</summary>
internal static class Generate
{
    /// <summary>The built-in facts and a field of each type that an admin may add.</summary>
    public static readonly FactCatalog Catalog = FactCatalog.BuiltIn.With(
        [.. CustomField.Types.Select((type, i) => new CustomField(
            i % 2 == 0 ? FactSubject.Deal : FactSubject.Customer, $"field_{type}".ToLowerInvariant(), type, ($"Field {i}", $"字段{i}"),
            [new CustomChoice("acme", ("Acme", "Acme")), new CustomChoice("other", ("Other", "其他"))], i, Retired: false))]);

    private static readonly string[] Texts = ["acme", "Acme 有限公司", "other", "price", ""];

    private static readonly decimal[] Numbers = [-1m, 0m, 0.5m, 1m, 2m, 30m, 500_000m];

    private static readonly DateOnly[] Days = [DateOnly.MinValue, Example.Today.AddDays(-40), Example.Today, Example.Today.AddDays(10),
        DateOnly.MaxValue];

    public static Gen<T> Of<T>(params T[] values) => Gen.Elements(values);

    private static Gen<T> Mixed<T>(params (int Weight, Gen<T> Gen)[] gens) => Gen.Frequency(gens);

    public static readonly Gen<Role> Role = Of(Enum.GetValues<Role>());

    public static readonly Gen<Position?> Position = Mixed(
        (1, Gen.Constant<Position?>(null)),
        (9, from stage in Of(Enum.GetValues<Stage>())
            from outcome in Of(Enum.GetValues<Outcome>())
            select (Position?)new Position(stage,
            outcome)));

    public static Gen<Fact> Value(FactDefinition field) => field.Type switch
    {
        FactType.Text or FactType.Choice or FactType.User => Of(Texts).Select(Fact.Of),
        FactType.Choices => Of<string[]>(["acme"], ["acme", "other"], []).Select(codes => Fact.Of(ChoiceSet.Of(codes))),
        FactType.Number or FactType.Count => Of(Numbers).Select(number => Fact.Of((decimal?)number)),
        FactType.Money => Gen.OneOf(
            Of(Numbers).Select(number => Fact.Of((decimal?)number)),
            from number in Of(Numbers) from currency in Of("USD", "JPY") select Fact.Of((Money?)new Money(number, currency))),
        FactType.Date => Of(Days).Select(day => Fact.Of((DateOnly?)day)),
        FactType.Flag => Of(true, false).Select(Fact.Of),
    };

    private static readonly Gen<FactDefinition> Field = Gen.Elements(Catalog.All.AsEnumerable());

    private static readonly Gen<Dictionary<string, Fact>> Values = (
        from field in Field
        from value in Mixed((1, Gen.Constant(Fact.Unknown)), (2, Gen.Constant(Fact.Empty)), (5, Value(field)))
        select (field.Key, value)).ListOf()
        .Select(values => values.DistinctBy(value => value.Key).ToDictionary(value => value.Key, value => value.value));

    public static readonly Gen<DealFacts> Facts =
        from position in Position
        from values in Values
        select new DealFacts(position, position is null ? null : Example.Now.AddDays(-3), Example.Today, values) { Catalog = Catalog };

    public static readonly Gen<RequestedMove> Move =
        from kind in Of(Enum.GetValues<MoveKind>())
        from to in Mixed((1, Gen.Constant<Place?>(null)), (3, Of(Enum.GetValues<Place>()).Select(place => (Place?)place)))
        from fields in Values
        from overriding in Of(null, new Override("other", "because"))
        select new RequestedMove(kind, to, fields, overriding);

    /// <summary>A move that the machine knows, wherever it is.</summary>
    public static readonly Gen<(DealFacts Facts, RequestedMove Move)> PossibleMove =
        from step in Gen.Elements(PurchasePath.Steps.AsEnumerable())
        from facts in Facts
        from fields in Values
        from overriding in Of(null, new Override("other", "because"))
        select (facts with { Position = step.From }, step.Wanted with { Fields = fields, Override = overriding });

    private static Gen<JsonElement?> Operand(FactDefinition field, string op) => Operator.Operand(op, field.Type) switch
    {
        OperandKind.None => Gen.Constant<JsonElement?>(null),
        OperandKind.Text when field.Choices?.Kind == ChoiceKind.Currencies => Gen.Elements(Currencies.Codes.AsEnumerable()).Select(Json),
        OperandKind.Texts when field.Choices?.Kind == ChoiceKind.Currencies => Gen.Constant(Json(Currencies.Codes.Take(2))),
        OperandKind.Text => field.Choices?.Listed is { } choices ? Gen.Elements(choices.Select(choice => choice.Code)).Select(Json)
            : Of(Texts[..4]).Select(Json),
        OperandKind.Texts => field.Choices?.Listed is { } choices ? Gen.Constant(Json(choices.Select(choice => choice.Code)))
            : Gen.Constant(Json(Texts[..2])),
        OperandKind.Number => Gen.OneOf(
            Of(Numbers).Select(Json),
            Gen.Constant(Json(new { field = field.Key == FieldKey.Amount ? FieldKey.Payments : FieldKey.Amount }))),
        OperandKind.TwoNumbers => Gen.Constant(Json(Numbers[1..3])),
        OperandKind.Date => Of("2026-01-01", "2026-12-31").Select(Json),
        OperandKind.Days => Of(0, 30).Select(Json),
        OperandKind.Flag => Of(true, false).Select(Json),
        OperandKind.Pattern => Of("^a", "[0-9]+").Select(Json),
    };

    private static JsonElement? Json<T>(T value) => JsonSerializer.SerializeToElement(value);

    public static readonly Gen<Condition> Leaf =
        from field in Field
        from op in Gen.Elements(field.Operators.AsEnumerable())
        from value in Operand(field, op)
        select new Condition(field.Key, op, value);

    /// <summary>
    /// Conditions that a filled-in field always makes true, beside ones that the request cannot touch.
    /// Not about the currency: a new one makes the payments unknown.
    /// </summary>
    public static readonly Gen<Condition> EasyLeaf = Leaf.Select(leaf =>
        leaf.Field == FieldKey.Currency || RefersToAField(leaf) ? new Condition(FieldKey.Title, Operator.Filled)
        : Catalog.Find(leaf.Field) is { Fillable: true, Type: FactType.Flag } ? new Condition(leaf.Field, Operator.Is, Json(true))
        : Catalog.Find(leaf.Field)!.Fillable ? new Condition(leaf.Field, Operator.Filled)
        : leaf);

    private static bool RefersToAField(Condition leaf) => leaf.Value is { ValueKind: JsonValueKind.Object };

    private static Gen<Condition> Part(Gen<Condition> leaf) => Mixed(
        (3, leaf),
        (1, leaf.NonEmptyListOf().Select(parts => new Condition(All: [.. parts.Take(3)]))),
        (1, leaf.NonEmptyListOf().Select(parts => new Condition(Any: [.. parts.Take(3)]))));

    private static Gen<List<Requirement>> Requirements(string place, Gen<Condition> leaf) => (
        from parts in Part(leaf).NonEmptyListOf()
        from all in Of(true, false)
        from mode in Of(Enum.GetValues<RequirementMode>())
        from overrideBy in Of<Role[]>([], [PipelineCrm.Domain.Role.Manager],
            [PipelineCrm.Domain.Role.Rep, PipelineCrm.Domain.Role.Manager, PipelineCrm.Domain.Role.Admin])
        select Example.Rule("x", mode, overrideBy) with { All = all ? [.. parts.Take(4)] : null, Any = all ? null : [.. parts.Take(4)] })
        .ListOf().Select(list => list.Take(3).Select((requirement, i) => requirement with { Key = $"{place}-{i}" }).ToList());

    public static readonly Gen<RuleSet> Rules = RulesOf(Leaf);

    public static Gen<RuleSet> RulesOf(Gen<Condition> leaf) =>
        from chosen in Gen.SubListOf(PurchasePath.Steps.Select((step, i) => (step, i)).ToArray())
        from roles in Of<Role[]>([PipelineCrm.Domain.Role.Rep, PipelineCrm.Domain.Role.Manager, PipelineCrm.Domain.Role.Admin],
            [PipelineCrm.Domain.Role.Admin], [PipelineCrm.Domain.Role.Rep])
        from demands in Requirements("move", leaf)
        from enter in Requirements("enter", leaf)
        from leave in Requirements("leave", leaf)
        from stage in Of(Enum.GetValues<Stage>())
        select new RuleSet(
            [.. chosen.Select(at => new MoveRule(at.step.Kind, at.step.From?.Place, at.step.To, roles, at.i % 3 == 0 ? demands : []))],
            new Dictionary<Stage, StageRules> { [stage] = new(enter, leave, 30) });

    public static void Check<T>(Gen<T> gen, Func<T, bool> holds, int times = 500) =>
        Prop.ForAll(gen.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(times));
}
