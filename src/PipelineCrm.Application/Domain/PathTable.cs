namespace PipelineCrm.Domain;

/// <summary>One row of the table of moves.</summary>
/// <param name="On">Whether the default rules have it on.</param>
public sealed record PathRow(MoveKind Kind, Start From, Target To, bool On)
{
    public IEnumerable<PathStep> Steps() =>
        from start in From.Positions
        from target in Targets(start)
        select new PathStep(Kind, start, target, On);

    private IEnumerable<Place> Targets(Position? from) => To switch
    {
        Target.AwarenessOrNext => [Place.Awareness, Place.Consideration],
        Target.NextStage => Later(from, 1).Take(1),
        Target.TwoOrMoreOn => Later(from, 2),
        Target.AnyEarlier => Domain.Stages.All.Where(stage => stage < from!.Value.Stage).Select(stage => stage.ToPlace()),
        Target.SameStage => [from!.Value.Stage.ToPlace()],
        Target.Lost => [Place.Lost],
        Target.Completed => [Place.Completed],
        Target.NextDeal => [Place.Consideration],
        Target.OthersDeal => [Place.Awareness],
    };

    private static IEnumerable<Place> Later(Position? from, int by) =>
        Domain.Stages.All.Where(stage => stage - from!.Value.Stage >= by).Select(stage => stage.ToPlace());
}

/// <summary>From where a row's moves start.</summary>
/// <param name="Text">As people say it, e.g. "Open, stages 1–4".</param>
/// <param name="Positions">A null position: no deal yet.</param>
public sealed record Start(string Text, IReadOnlyList<Position?> Positions)
{
    public static readonly Start Nothing = new("nothing", [null]);

    public static readonly Start Lost = new("Lost", [.. Domain.Stages.All.Select(stage => (Position?)new Position(stage, Outcome.Lost))]);

    public static Start Open(Stage first, Stage last) =>
        new(
            first == last ? $"Open, stage {(int)first}" : $"Open, stages {(int)first}–{(int)last}",
            [.. Domain.Stages.All.Where(stage => stage >= first && stage <= last).Select(stage => (Position?)new Position(stage, Outcome.Open))]);

    /// <summary>Open from a stage on, or Completed (which only a deal in the last stage can be).</summary>
    public static Start OpenOrCompleted(Stage first) =>
        new(
            (first == Stage.PostPurchase ? "stage 5" : $"stages {(int)first}–5") + ", Open or Completed",
            [.. Open(first, Stage.PostPurchase).Positions, new Position(Stage.PostPurchase, Outcome.Completed)]);
}

/// <summary>To where a row's moves lead.</summary>
public enum Target
{
    /// <summary>A new deal in Awareness or Consideration.</summary>
    AwarenessOrNext = 1,
    NextStage = 2,
    TwoOrMoreOn = 3,
    AnyEarlier = 4,
    SameStage = 5,
    Lost = 6,
    Completed = 7,

    /// <summary>The source stays; the customer's next deal opens in Consideration.</summary>
    NextDeal = 8,

    /// <summary>The source stays; a deal of another customer opens in Awareness.</summary>
    OthersDeal = 9,
}

/// <summary>One possible move from one position to one place.</summary>
/// <param name="From">Null: no deal yet.</param>
/// <param name="To">For repurchase and refer: where the new deal opens.</param>
/// <param name="OnByDefault">Whether the default rules have it on.</param>
public sealed record PathStep(MoveKind Kind, Position? From, Place To, bool OnByDefault)
{
    /// <summary>The move as one would want it, bringing no fields.</summary>
    public WantedMove Wanted => new(Kind, To, new Dictionary<string, Fact>());

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
