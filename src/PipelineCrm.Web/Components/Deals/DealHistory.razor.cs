using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Timeline;

namespace PipelineCrm.Web.Components.Deals;

public sealed partial class DealHistory
{
    private string Address(TimelinePart part) => part == TimelinePart.All ? $"/deals/{Deal.Id}/history"
        : $"/deals/{Deal.Id}/history?show={part.ToWire()}";

    private Task<Result<Page<DealHistoryItem>>> Read(string? after) =>
        Session.Send(new ListDealHistory.Query(Deal.Id, new PageRequest(After: after), Part));

    private static string IconOf(TransitionView one) => (one.ImportedKind ?? one.Kind) switch
    {
        MoveKind.Create or MoveKind.Repurchase or MoveKind.Refer => "plus",
        MoveKind.Advance or MoveKind.Skip => "right",
        MoveKind.Back => "back",
        MoveKind.Lose => "x",
        MoveKind.Reopen => "refresh",
        MoveKind.Complete => "check",
        MoveKind.Undo => "undo",
        MoveKind.Import => "download",
    };
}
