namespace PipelineCrm.Domain;

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
