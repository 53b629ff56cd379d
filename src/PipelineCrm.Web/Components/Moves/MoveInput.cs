using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>What a move brings along.</summary>
public sealed record MoveInput(MoveFields Fields, MoveReason? Reason, Override? Override)
{
    public static readonly MoveInput Plain = new(new MoveFields(), null, null);

    /// <summary>Somebody filled in a form for it.</summary>
    public bool Brings => Reason is not null || Names.Any();

    /// <summary>Names of the fields that it writes.</summary>
    public IEnumerable<string> Names => Fields.Keys;
}
