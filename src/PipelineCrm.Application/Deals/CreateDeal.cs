using PipelineCrm.Common;
using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>Opens a deal: a move of kind create, judged like any other (CONTRACT.md, POST deals).</summary>
public static class CreateDeal
{
    /// <param name="OwnerId">Null: the caller.</param>
    public sealed record Command(
        CustomerId CustomerId,
        string Title,
        decimal? Amount = null,
        string? Currency = null,
        DateOnly? ExpectedClose = null,
        string? Source = null,
        UserId? OwnerId = null,
        Stage Stage = Stage.Awareness) : IRequest<DealView>
    {
        public static Access Access => Access.SignedIn;
    }
}
