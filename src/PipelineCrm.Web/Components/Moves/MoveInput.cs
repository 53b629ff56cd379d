using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>What a move brings along.</summary>
public sealed record MoveInput(MoveFields Fields, MoveReason? Reason, Override? Override)
{
    public static readonly MoveInput Plain = new(MoveFields.None, null, null);

    /// <summary>Somebody filled in a form for it.</summary>
    public bool Brings => Reason is not null || Names.Any();

    /// <summary>Names of the fields that it writes.</summary>
    public IEnumerable<string> Names =>
        new[]
        {
            (Fields.Amount.IsSet, FieldKey.Amount), (Fields.Currency.IsSet, FieldKey.Currency), (Fields.ExpectedClose.IsSet, FieldKey.ExpectedClose),
            (Fields.Title.IsSet, FieldKey.Title), (Fields.Source.IsSet, FieldKey.Source), (Fields.OwnerId.IsSet, FieldKey.OwnerId),
        }.Where(one => one.Item1).Select(one => one.Item2);
}
