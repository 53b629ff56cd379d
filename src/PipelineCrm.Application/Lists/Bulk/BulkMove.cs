using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Lists;

/// <summary>Where many deals are moved, each by the kind of move that leads there from where it stands.</summary>
/// <param name="Reason">Why they are lost or go back.</param>
public sealed record BulkMove(Place To, MoveReason? Reason = null);
