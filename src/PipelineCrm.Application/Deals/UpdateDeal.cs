using PipelineCrm.Common;

namespace PipelineCrm.Deals;

/// <summary>Writes fields of a deal (merge patch): never its stage or outcome.</summary>
public static class UpdateDeal
{
    public sealed record Command(DealId Id, long Version, MoveFields Fields) : IRequest<DealView>
    {
        public static Access Access => Access.SignedIn;
    }
}
