namespace PipelineCrm.Domain;

/// <summary>To where a row's moves lead.</summary>
public enum PathTarget
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
