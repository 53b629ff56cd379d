using PipelineCrm.Common;

namespace PipelineCrm.Deals;

public static class GetDeal
{
    public sealed record Query(DealId Id) : IRequest<DealView>
    {
        public static Access Access => Access.SignedIn;
    }
}
