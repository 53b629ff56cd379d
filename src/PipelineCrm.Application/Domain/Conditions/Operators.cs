using System.Collections.Frozen;
using static PipelineCrm.Domain.Operator;

namespace PipelineCrm.Domain;

/// <summary>What the operators of each type mean, in memory and in the database side by side. Empty facts never get here: every comparison
/// with one is false.</summary>
internal static class Operators
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);

    private static readonly TypeOperator IsEmpty = new(Empty, OperandKind.None, (_, _, _) => Truth.False, "{0} is null");
    private static readonly TypeOperator IsFilled = new(Filled, OperandKind.None, (_, _, _) => Truth.True, "{0} is not null");

    private static readonly TypeOperator[] OfText =
    [
        Of(Is, OperandKind.Text, (string found, string wanted) => Fold(found) == Fold(wanted), "fold({0}) = {1}",
            Fold) with { OtherSql = "fold({0}) = fold({1})" },
        Of(IsNot, OperandKind.Text, (string found, string wanted) => Fold(found) != Fold(wanted), "fold({0}) <> {1}",
            Fold) with { OtherSql = "fold({0}) <> fold({1})" },
        Of(Contains, OperandKind.Text, (string found, string wanted) => Fold(found).Contains(Fold(wanted), StringComparison.Ordinal),
            "fold({0}) like {1}", wanted => $"%{Like(wanted)}%") with
        {
            OtherSql = "position(fold({1}) in fold({0})) > 0",
        },
        Of(StartsWith, OperandKind.Text, (string found, string wanted) => Fold(found).StartsWith(Fold(wanted), StringComparison.Ordinal),
            "fold({0}) like {1}", wanted => $"{Like(wanted)}%") with
        {
            OtherSql = "starts_with(fold({0}), fold({1}))",
        },
        IsEmpty with { Sql = "coalesce(btrim({0}), '') = ''" },
        IsFilled with { Sql = "btrim({0}) <> ''" },
        new(Matches, OperandKind.Pattern, (found, wanted, _) => wanted[0] is string pattern
            ? TextPattern.IsMatch(pattern, (string)found, PatternTime) : Truth.Unknown, null),
    ];

    private static readonly TypeOperator[] OfNumber =
    [
        Of(Eq, OperandKind.Number, (decimal found, decimal wanted) => found == wanted, "{0} = {1}"),
        Of(Ne, OperandKind.Number, (decimal found, decimal wanted) => found != wanted, "{0} <> {1}"),
        Of(Gt, OperandKind.Number, (decimal found, decimal wanted) => found > wanted, "{0} > {1}"),
        Of(Gte, OperandKind.Number, (decimal found, decimal wanted) => found >= wanted, "{0} >= {1}"),
        Of(Lt, OperandKind.Number, (decimal found, decimal wanted) => found < wanted, "{0} < {1}"),
        Of(Lte, OperandKind.Number, (decimal found, decimal wanted) => found <= wanted, "{0} <= {1}"),
        new(Between, OperandKind.TwoNumbers,
            (found, wanted, _) => wanted is [decimal low, decimal high]
                ? ThreeValuedLogic.Of((decimal)found >= low && (decimal)found <= high) : Truth.Unknown,
            "{0} between {1} and {2}"),
        IsEmpty,
        IsFilled,
    ];

    /// <summary>None of something is empty.</summary>
    private static readonly TypeOperator[] OfCount =
    [
        .. OfNumber[..^2],
        new(Empty, OperandKind.None, (found, _, _) => ThreeValuedLogic.Of(found is 0m), "coalesce({0}, 0) = 0"),
        new(Filled, OperandKind.None, (found, _, _) => ThreeValuedLogic.Of(found is not 0m), "{0} <> 0"),
    ];

    private static readonly TypeOperator[] OfDate =
    [
        Of(Before, OperandKind.Date, (DateOnly found, DateOnly wanted) => found < wanted, "{0} < {1}"),
        Of(After, OperandKind.Date, (DateOnly found, DateOnly wanted) => found > wanted, "{0} > {1}"),
        new(WithinLast, OperandKind.Days, (found, wanted, today) => Within((DateOnly)found, today, wanted[0], back: true),
            "{0} between {today} - {1} and {today}", Whole),
        new(WithinNext, OperandKind.Days, (found, wanted, today) => Within((DateOnly)found, today, wanted[0], back: false),
            "{0} between {today} and {today} + {1}", Whole),
        IsEmpty,
        IsFilled,
    ];

    /// <summary>A value in another case than the list has it is the same value; what goes to the database has been found on the
    /// list.</summary>
    private static readonly TypeOperator[] OfChoice =
    [
        Of(Is, OperandKind.Text, (string found, string wanted) => Same(found, wanted), "{0} = {1}"),
        Of(IsNot, OperandKind.Text, (string found, string wanted) => !Same(found, wanted), "{0} <> {1}"),
        OneOf(found => Text(found), "{0} = any({1})"),
        IsEmpty,
        IsFilled,
    ];

    private static readonly TypeOperator[] OfChoices =
    [
        Of(Contains, OperandKind.Text, (ChoiceSet found, string wanted) => found.Any(code => Same(code, wanted)), "{0} ? {1}"),
        OneOf(found => (ChoiceSet)found, "{0} ?| {1}"),
        new(AllOf, OperandKind.Texts,
            (found, wanted, _) => wanted.All(one => one is string)
                ? ThreeValuedLogic.Of(wanted.All(one => ((ChoiceSet)found).Any(code => Same(code, (string)one)))) : Truth.Unknown,
            "{0} ?& {1}"),
        IsEmpty,
        IsFilled,
    ];

    private static readonly TypeOperator[] OfFlag =
    [
        Of(Is, OperandKind.Flag, (bool found, bool wanted) => found == wanted, "{0} = {1}"),
    ];

    private static readonly FrozenDictionary<(FactType, string), TypeOperator> Known = Enum.GetValues<FactType>()
        .SelectMany(type => Rows(type).Select(row => KeyValuePair.Create((type, row.Name), row))).ToFrozenDictionary();

    private static readonly FrozenDictionary<FactType, IReadOnlyList<string>> Names =
        Enum.GetValues<FactType>().ToFrozenDictionary(type => type, type => (IReadOnlyList<string>)[.. Rows(type).Select(row => row.Name)]);

    /// <summary>The operators that may ask about a fact of this type, in the order they are offered.</summary>
    public static IReadOnlyList<string> Of(FactType type) => Names[type];

    public static TypeOperator? Find(FactType type, string op) => Known.GetValueOrDefault((type, op));

    /// <summary>Whether a value is of the kind that the type's operators compare.</summary>
    public static bool AcceptsType(FactType type, object value) => type switch
    {
        FactType.Text or FactType.Choice or FactType.User => value is string,
        FactType.Number or FactType.Money or FactType.Count => value is decimal,
        FactType.Date => value is DateOnly,
        FactType.Choices => value is ChoiceSet,
        FactType.Flag => value is bool,
    };

    private static TypeOperator[] Rows(FactType type) => type switch
    {
        FactType.Text => OfText,
        FactType.Number or FactType.Money => OfNumber,
        FactType.Count => OfCount,
        FactType.Date => OfDate,
        FactType.Choice or FactType.User => OfChoice,
        FactType.Choices => OfChoices,
        FactType.Flag => OfFlag,
    };

    private static TypeOperator Of<TFound, TWanted>(string name, OperandKind takes, Func<TFound, TWanted, bool> holds, string sql,
        Func<TWanted, object>? parameter = null) => new(
        name,
        takes,
        (found, wanted, _) => found is TFound value && wanted[0] is TWanted asked ? ThreeValuedLogic.Of(holds(value, asked))
            : Truth.Unknown,
        sql,
        parameter is null ? null : value => parameter((TWanted)value));

    private static TypeOperator OneOf(Func<object, IEnumerable<string>> codes, string sql) => new(
        AnyOf,
        OperandKind.Texts,
        (found, wanted, _) => wanted.All(one => one is string)
            ? ThreeValuedLogic.Of(codes(found).Any(code => wanted.Any(one => Same(code, (string)one)))) : Truth.Unknown,
        sql);

    private static IEnumerable<string> Text(object found) => [(string)found];

    private static Truth Within(DateOnly found, DateOnly today, object wanted, bool back) => wanted is decimal days
        ? ThreeValuedLogic.Of(back ? found <= today && today.DayNumber - found.DayNumber <= days
            : found >= today && found.DayNumber - today.DayNumber <= days)
        : Truth.Unknown;

    private static object Whole(object days) => (int)(decimal)days;

    private static string Fold(string text) => CaseFolding.Of(text);

    private static string Like(string text) => Fold(text).Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
