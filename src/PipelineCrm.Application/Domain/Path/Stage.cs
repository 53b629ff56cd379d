namespace PipelineCrm.Domain;

/// <summary>The five purchase stages, in their fixed order.</summary>
public enum Stage
{
    Awareness = 1,
    Consideration = 2,
    Decision = 3,
    Purchase = 4,
    PostPurchase = 5,
}

/// <summary>Where a deal's pass along the path stands.</summary>
public enum Outcome
{
    Open = 0,
    Lost = 1,
    Completed = 2,
}

/// <summary>A deal's stage together with its outcome; a lost deal keeps the stage it was lost from.</summary>
public readonly record struct Position(Stage Stage, Outcome Outcome)
{
    public Place Place => Outcome switch
    {
        Outcome.Open => Stage.ToPlace(),
        Outcome.Lost => Place.Lost,
        Outcome.Completed => Place.Completed,
    };
}

/// <summary>What a person may do in general; docs/domain.md.</summary>
public enum Role
{
    Viewer = 0,
    Rep = 1,
    Manager = 2,
    Admin = 3,
}

/// <summary>Through what a change came.</summary>
public enum Channel
{
    Board = 1,
    Page = 2,
    Api = 3,
    Command = 4,
    Import = 5,
    Demo = 6,
}
