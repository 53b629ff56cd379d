using System.Globalization;
using System.Text.Json;
using PipelineCrm.Common;

namespace PipelineCrm.Domain;

/// <summary>A fact's value. Empty is known ("is empty" is true, comparisons are false); unknown was not recorded or may not be read.</summary>
public readonly record struct Fact
{
    private readonly bool _known;

    private Fact(bool known, object? value) => (_known, Value) = (known, value);

    public static readonly Fact Unknown;

    public static readonly Fact Empty = new(true, null);

    public static Fact Of(string? text) => string.IsNullOrWhiteSpace(text) ? Empty : new(true, text);

    public static Fact Of(decimal? number) => new(true, number);

    public static Fact Of(Money? money) => new(true, money);

    public static Fact Of(DateOnly? date) => new(true, date);

    public static Fact Of(bool flag) => new(true, flag);

    /// <summary>A string, decimal, <see cref="Money"/>, <see cref="DateOnly"/> or bool; null where empty or unknown.</summary>
    public object? Value { get; }

    public bool IsUnknown => !_known;

    public bool IsEmpty => _known && Value is null;

    public JsonElement? ToJson() => Value switch
    {
        null => null,
        DateOnly date => JsonSerializer.SerializeToElement(date.ToString("O", CultureInfo.InvariantCulture)),
        Money money => JsonSerializer.SerializeToElement(money.Amount),
        var other => JsonSerializer.SerializeToElement(other, other.GetType()),
    };
}

/// <summary>
/// All that is known of a deal and its customer at one moment: the only input about them that a decision has.
/// A field that is missing from <see cref="Values"/> is unknown.
/// </summary>
/// <param name="Position">Null where there is no deal yet (create).</param>
/// <param name="EnteredStageAt">When the stage's clock started, time lying Lost added; null where there is no deal or the entry is not known.</param>
/// <param name="Today">The current day in the organisation's time zone; date conditions compare with it.</param>
/// <param name="Values">By field key: see <see cref="FieldKey"/>.</param>
public sealed record DealFacts(
    Position? Position,
    DateTimeOffset? EnteredStageAt,
    DateOnly Today,
    IReadOnlyDictionary<string, Fact> Values)
{
    public Fact this[string field] => Values.TryGetValue(field, out var fact) ? fact : Fact.Unknown;

    /// <summary>The facts as they would be with the move's own fields written.</summary>
    public DealFacts With(IEnumerable<KeyValuePair<string, Fact>> fields)
    {
        var merged = new Dictionary<string, Fact>(Values);
        foreach (var (field, fact) in fields)
        {
            merged[field] = fact;
        }

        return this with { Values = merged };
    }

    /// <summary>
    /// The facts that a decision looks at: the move's fields written, the days in the stage counted from the clock where they are not given,
    /// and payments, which are summed in the deal's currency, unknown under another one.
    /// </summary>
    internal DealFacts ForDecision(WantedMove move, DateTimeOffset now)
    {
        var brought = move.Fields.Where(field => FieldCatalog.CanBring(move.Kind, field.Key)).ToList();
        if (move.Fields.TryGetValue(FieldKey.Currency, out var currency) && currency != this[FieldKey.Currency])
        {
            brought.Add(new(FieldKey.Payments, Fact.Unknown));
        }

        if (!Values.ContainsKey(FieldKey.DaysInStage) && EnteredStageAt is { } entered)
        {
            brought.Add(new(FieldKey.DaysInStage, Fact.Of((decimal?)Math.Max(0, Math.Floor((now - entered).TotalDays)))));
        }

        return brought.Count == 0 ? this : With(brought);
    }
}

/// <summary>The move that somebody wants.</summary>
/// <param name="To">The target; may be null where the kind has only one (lose, complete, reopen, repurchase, refer).</param>
/// <param name="Fields">What is sent with it, by field key, merged into the facts before deciding: also <c>reason.code</c>, <c>reason.text</c>, <c>customerId</c>.</param>
public sealed record WantedMove(
    MoveKind Kind,
    Place? To,
    IReadOnlyDictionary<string, Fact> Fields,
    Override? Override = null);

/// <summary>What kind of value a field has, which decides the operators that may ask about it.</summary>
public enum FieldType
{
    Text = 1,
    Number = 2,
    Money = 3,
    Date = 4,
    Choice = 5,
    Count = 6,
    Flag = 7,
}

/// <summary>A field that conditions may ask about.</summary>
/// <param name="Key">As in rule sets and the API, e.g. <c>expectedClose</c>.</param>
/// <param name="Operators">The operators that its type allows.</param>
/// <param name="Fillable">Whether a move may bring it along (docs/api.md, fields of a move).</param>
/// <param name="Choices">For choices with a fixed set; null where a table of codes holds them.</param>
public sealed record FieldDefinition(
    string Key,
    FieldType Type,
    IReadOnlyList<string> Operators,
    bool Fillable,
    IReadOnlyList<string>? Choices = null);
