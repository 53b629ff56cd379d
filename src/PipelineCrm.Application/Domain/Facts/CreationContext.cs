namespace PipelineCrm.Domain;

/// <summary>A deal that is about to be opened, or a customer that is about to be made.</summary>
/// <param name="Content">What is written to it.</param>
/// <param name="Cycle">Which of the customer's passes it is.</param>
/// <param name="Stage">Where the deal opens.</param>
/// <param name="Today">The current day in the organisation's time zone.</param>
public sealed record CreationContext(FactValues Content, int Cycle, Stage Stage, DateOnly Today);
