using FluentValidation;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>Writes fields of a deal (merge patch): never its stage or outcome.</summary>
public static class UpdateDeal
{
    public sealed record Command(DealId Id, long Version, MoveFields Fields) : IRequest<DealView>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            this.AddVersion(x => x.Version);
            this.AddFields(x => x.Fields, "");
        }
    }

    internal sealed class Handler(MoveTransactionFactory transactions) : IHandler<Command, DealView>
    {
        public async Task<Result<DealView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await transactions.Begin(new MoveInputs { Deal = request.Id, Fields = request.Fields }, ct);
            if (transaction.Deal?.Deal is not { } deal || !transaction.Actor.Sees.Contains(deal.Content.OwnerId))
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            var sent = transaction.Read(request.Fields, deal.Content.Values, "");
            if (!sent.Ok)
            {
                return sent.Problem;
            }

            if (deal.Version != request.Version)
            {
                return await MoveConflicts.Since(deal, request.Version, transaction, ct);
            }

            if (deal.Content.ArchivedAt is not null)
            {
                return new Problem(ProblemCode.Archived, DealMessages.ArchivedDeal);
            }

            var content =
                deal.Content with { Values = sent.Value.Written(deal.Content.Values, transaction.Actor.Organisation.BaseCurrency) };
            if (Forbidden(transaction, deal.Content, content) is { } forbidden)
            {
                return forbidden;
            }

            return content == deal.Content ? deal.View(transaction.Actor, transaction.Catalog, transaction.Now)
                : await Write(deal, content, transaction, ct);
        }

        private static Problem? Forbidden(MoveTransaction transaction, DealContent before, DealContent after) =>
            !transaction.Actor.Moves.Contains(before.OwnerId) ? new Problem(ProblemCode.Forbidden, DealMessages.NotYours)
            : after.OwnerId != before.OwnerId && !transaction.Actor.Moves.Contains(after.OwnerId)
                ? new Problem(ProblemCode.Forbidden, DealMessages.ForeignOwner)
            : null;

        private static async Task<Result<DealView>> Write(StoredDeal deal, DealContent content, MoveTransaction transaction,
            CancellationToken ct)
        {
            var after = deal with
            {
                Content = content,
                Version = deal.Version + 1,
                OwnerName = transaction.NameOf(content.OwnerId) ?? deal.OwnerName
            };
            await transaction.Write(
                new LedgerBatch(transaction.Actor, transaction.Now, transaction.Recorded, [new DealWrite(deal, after, null)], []), ct);
            return after.View(transaction.Actor, transaction.Catalog, transaction.Now);
        }
    }
}
