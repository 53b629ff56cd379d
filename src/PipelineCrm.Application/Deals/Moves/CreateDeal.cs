using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>Opens a deal: a move of kind create, judged like any other (docs/api.md, POST deals).</summary>
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
        public static AccessLevel Access => AccessLevel.SignedIn;

        internal MoveFields Fields => new()
        {
            Title = Title,
            Amount = Amount,
            Currency = Currency,
            ExpectedClose = ExpectedClose,
            Source = Source,
            OwnerId = OwnerId is { } owner ? owner : default(Optional<UserId?>),
        };
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.CustomerId).Must(id => id != default).WithMessage(_ => FieldMessages.Required);
            this.AddFields(x => x.Fields, "");
        }
    }

    internal sealed class Handler(MoveTransactionFactory transactions) : IHandler<Command, DealView>
    {
        public async Task<Result<DealView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await transactions.Begin(
                new MoveInputs
                {
                    Customer = request.CustomerId,
                    TargetStage = request.Stage,
                    NewOwner = request.OwnerId,
                    Source = FieldRules.TrimToNull(request.Source),
                },
                ct);
            if (Malformed(request, transaction) is { } malformed)
            {
                return malformed;
            }

            var owner = request.OwnerId ?? transaction.Actor.Id!.Value;
            if (!transaction.Actor.Moves.Contains(owner))
            {
                return new Problem(ProblemCode.Forbidden, transaction.Actor.Role == Role.Viewer ? ProblemMessages.Forbidden : DealMessages.ForeignOwner);
            }

            var content = request.Fields.Written(new DealContent("", null, null, null, null, owner), transaction.Actor.Organisation.BaseCurrency);
            var facts = DealFactsBuilder.OfNew(content, 1, transaction.Customer, null, transaction.Today);
            var wanted = new RequestedMove(MoveKind.Create, request.Stage.ToPlace(), request.Fields.Facts(content).ToDictionary());
            var verdict = PurchasePath.Decide(facts, wanted, transaction.Rules, transaction.Actor.Role!.Value, transaction.Now);
            return verdict.Moves ? await Write(content, transaction, request.Stage, verdict, ct) : await Refuse(request, transaction, verdict, ct);
        }

        private static Problem? Malformed(Command request, MoveTransaction transaction) =>
            transaction.Customer is not { } customer ? ValidationProblem.ForField(FieldKey.CustomerId, DealMessages.UnknownCustomer)
            : customer.Archived ? ValidationProblem.ForField(FieldKey.CustomerId, DealMessages.ArchivedCustomer)
            : request.OwnerId is null && transaction.Actor.Id is null ? ValidationProblem.ForField(FieldKey.OwnerId, FieldMessages.Required)
            : transaction.Unknown(request.Fields, null, "");

        private static async Task<Result<DealView>> Write(DealContent content, MoveTransaction transaction, Stage stage, Verdict verdict, CancellationToken ct)
        {
            var deal = DealFactory.Create(content, transaction.Customer!, transaction.NewOwnerName ?? transaction.ActorName!, stage, transaction);
            var status = transaction.Customer!.With([deal], transaction.Ids.First, transaction.Customer.State.Referrer, transaction.Now);
            await transaction.Write(
                new LedgerBatch(transaction.Actor, transaction.Now, transaction.Recorded, [DealFactory.Write(deal, transaction, transaction.Ids.First, verdict)], status is null ? [] : [status]),
                ct);
            return deal.View(transaction.Actor, transaction.Now);
        }

        private static async Task<Result<DealView>> Refuse(Command request, MoveTransaction transaction, Verdict verdict, CancellationToken ct)
        {
            if (verdict.Result == VerdictKind.Refused && verdict.Reason != VerdictReason.Role)
            {
                await transaction.Refuse(verdict, null, request.CustomerId, ct);
            }

            return MoveProblems.Of(verdict);
        }
    }
}
