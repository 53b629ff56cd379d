using PipelineCrm.Common;

namespace PipelineCrm.Deals;

/// <summary>A deal's transitions, oldest first.</summary>
public static class ListTransitions
{
    public sealed record Query(DealId Id, PageRequest Page) : IRequest<Page<TransitionView>>
    {
        public static Access Access => Access.SignedIn;
    }
}
