namespace PipelineCrm.Domain;

/// <summary>What moves are called by where they lead.</summary>
public static class MoveKinds
{
    /// <summary>What moving from there to here is called; the machine decides whether it exists.</summary>
    public static MoveKind Leading(Position from, Place to) => (from.Outcome, to) switch
    {
        (Outcome.Lost, _) => MoveKind.Reopen,
        (_, Place.Lost) => MoveKind.Lose,
        (_, Place.Completed) => MoveKind.Complete,
        _ when to < from.Stage.ToPlace() => MoveKind.Back,
        _ when to - from.Stage.ToPlace() > 1 => MoveKind.Skip,
        _ => MoveKind.Advance,
    };
}
