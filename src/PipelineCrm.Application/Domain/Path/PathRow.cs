namespace PipelineCrm.Domain;

/// <summary>One row of the table of moves.</summary>
/// <param name="On">Whether the default rules have it on.</param>
public sealed record PathRow(MoveKind Kind, PathOrigin From, PathTarget To, bool On)
{
    public IEnumerable<PathStep> Steps() =>
        from start in From.Positions
        from target in Targets(start)
        select new PathStep(Kind, start, target, On);

    private IEnumerable<Place> Targets(Position? from) => To switch
    {
        PathTarget.AwarenessOrNext => [Place.Awareness, Place.Consideration],
        PathTarget.NextStage => Later(from, 1).Take(1),
        PathTarget.TwoOrMoreOn => Later(from, 2),
        PathTarget.AnyEarlier => Domain.Stages.All.Where(stage => stage < from!.Value.Stage).Select(stage => stage.ToPlace()),
        PathTarget.SameStage => [from!.Value.Stage.ToPlace()],
        PathTarget.Lost => [Place.Lost],
        PathTarget.Completed => [Place.Completed],
        PathTarget.NextDeal => [Place.Consideration],
        PathTarget.OthersDeal => [Place.Awareness],
    };

    private static IEnumerable<Place> Later(Position? from, int by) =>
        Domain.Stages.All.Where(stage => stage - from!.Value.Stage >= by).Select(stage => stage.ToPlace());
}
