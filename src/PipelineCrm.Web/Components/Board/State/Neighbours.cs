namespace PipelineCrm.Web.Components.Board;

/// <summary>A place in a column: between these two cards.</summary>
public sealed record Neighbours(DealId? Above, DealId? Below);
