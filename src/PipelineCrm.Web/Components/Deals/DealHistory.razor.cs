using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Deals;

public sealed partial class DealHistory
{
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
