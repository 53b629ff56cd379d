namespace PipelineCrm.Domain;

/// <summary>One possible move from one position to one place.</summary>
/// <param name="From">Null: no deal yet.</param>
/// <param name="To">For repurchase and refer: where the new deal opens.</param>
/// <param name="OnByDefault">Whether the default rules have it on.</param>
public sealed record PathStep(MoveKind Kind, Position? From, Place To, bool OnByDefault)
{
    /// <summary>The move as one would want it, bringing no fields.</summary>
    public RequestedMove Wanted => new(Kind, To, new Dictionary<string, Fact>());

    /// <summary>Whether a row of a rule set speaks of this step.</summary>
    public bool IsOf(MoveRule row) => row.Kind == Kind && row.From == From?.Place && row.To == To;

    /// <summary>Where the deal stands after the step; the source of a repurchase or refer stays.</summary>
    public Position After => (Kind, From) switch
    {
        (MoveKind.Repurchase or MoveKind.Refer, { } source) => source,
        (_, { } open) when To == Place.Lost => open with { Outcome = Outcome.Lost },
        (_, { } open) when To == Place.Completed => open with { Outcome = Outcome.Completed },
        _ => new Position(To.AsStage()!.Value, Outcome.Open),
    };
}
