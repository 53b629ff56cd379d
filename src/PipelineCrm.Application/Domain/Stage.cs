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

/// <summary>What a move goes to or comes from, and what a board column is: one of the stages, or an end.</summary>
public enum Place
{
    Awareness = 1,
    Consideration = 2,
    Decision = 3,
    Purchase = 4,
    PostPurchase = 5,
    Lost = 6,
    Completed = 7,
}

/// <summary>What a move does.</summary>
public enum MoveKind
{
    Create = 1,
    Advance = 2,
    Skip = 3,
    Back = 4,
    Lose = 5,
    Reopen = 6,
    Complete = 7,
    Repurchase = 8,
    Refer = 9,
    Undo = 10,

    /// <summary>A transition recorded from a file: history, not judged.</summary>
    Import = 11,
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

public static class Stages
{
    public static readonly IReadOnlyList<Stage> All = [Stage.Awareness, Stage.Consideration, Stage.Decision, Stage.Purchase, Stage.PostPurchase];

    public static readonly IReadOnlyList<Place> AllPlaces =
        [Place.Awareness, Place.Consideration, Place.Decision, Place.Purchase, Place.PostPurchase, Place.Completed, Place.Lost];

    public static Place ToPlace(this Stage stage) => (Place)(int)stage;

    /// <summary>The stage of a place, or null for Lost and Completed.</summary>
    public static Stage? AsStage(this Place place) => place is Place.Lost or Place.Completed ? null : (Stage)(int)place;
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
