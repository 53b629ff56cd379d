namespace PipelineCrm.Domain;

/// <summary>
/// All that is known of a deal and its customer at one moment: the only input about them that a decision has.
/// A field that is missing from <see cref="Values"/> is unknown.
/// </summary>
/// <param name="Position">Null where there is no deal yet (create).</param>
/// <param name="EnteredStageAt">When the stage's clock started, time lying Lost added; null where there is no deal or the entry is not
/// known.</param>
/// <param name="Today">The current day in the organisation's time zone; date conditions compare with it.</param>
/// <param name="Values">By field key: see <see cref="FieldKey"/>.</param>
public sealed record DealFacts(
    Position? Position,
    DateTimeOffset? EnteredStageAt,
    DateOnly Today,
    IReadOnlyDictionary<string, Fact> Values)
{
    /// <summary>What the facts are declared by.</summary>
    public FactCatalog Catalog { get; init; } = FactCatalog.BuiltIn;

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
    /// The facts that a decision looks at: the move's fields written, the days in the stage counted from the clock where they are not
    /// given, and payments, which are summed in the deal's currency, unknown under another one.
    /// </summary>
    internal DealFacts ForDecision(RequestedMove move, DateTimeOffset now)
    {
        var brought = move.Fields.Where(field => Catalog.CanBring(move.Kind, field.Key)).ToList();
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
