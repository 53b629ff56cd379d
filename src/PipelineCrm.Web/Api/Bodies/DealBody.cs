using System.Text.Json;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <param name="Void">Only in the answer of the undo that took the opening back.</param>
internal sealed record DealBody(
    DealId Id, CustomerId CustomerId, string CustomerName, string Title, decimal? Amount, string? Currency, DateOnly? ExpectedClose,
    string? Source,
    UserId OwnerId, string OwnerName, long Version, Stage Stage, Outcome Outcome, DateTimeOffset EnteredStageAt, DateTimeOffset? WonAt,
    string? LostReason, DateTimeOffset? ClosedAt, int Cycle, DealId? PreviousDealId, DealId? ReferredByDealId, DateTimeOffset CreatedAt,
    long? SecondsInStage,
    DateTimeOffset? ArchivedAt, bool Void, IReadOnlyDictionary<string, JsonElement> Custom)
{
    public static DealBody From(DealView deal) => new(
        deal.Id, deal.CustomerId, deal.CustomerName, deal.Title, deal.Amount, deal.Currency, deal.ExpectedClose, deal.Source,
        deal.OwnerId, deal.OwnerName, deal.Version, deal.Stage, deal.Outcome, deal.EnteredStageAt, deal.WonAt,
        deal.LostReason, deal.ClosedAt, deal.Cycle, deal.PreviousDealId, deal.ReferredByDealId, deal.CreatedAt, deal.SecondsInStage,
        deal.ArchivedAt, deal.Void, deal.Custom);
}
