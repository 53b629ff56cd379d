using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>Opens a deal: a move of kind create, judged like any other (docs/api.md, POST deals).</summary>
public static class CreateDeal
{
    /// <param name="Fields">What is written to it; without an owner it is the caller's.</param>
    public sealed record Command(CustomerId CustomerId, MoveFields Fields, Stage Stage = Stage.Awareness) : IRequest<DealView>
    {
        /// <summary>With the few fields that a short form has; what is null is not written.</summary>
        public Command(CustomerId CustomerId, string? Title, decimal? Amount = null, string? Currency = null, Stage Stage = Stage.Awareness)
            : this(CustomerId, Short(Title, Amount, Currency), Stage)
        {
        }

        public static AccessLevel Access => AccessLevel.SignedIn;

        private static MoveFields Short(string? title, decimal? amount, string? currency)
        {
            var fields = new MoveFields { [FieldKey.Title] = title };
            fields = amount is null ? fields : fields.And(FieldKey.Amount, amount);
            return currency is null ? fields : fields.And(FieldKey.Currency, currency);
        }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.CustomerId).Must(id => id != default).WithMessage(_ => FieldMessages.Required);
            RuleFor(x => x.Fields).Must(fields => fields.Sends(FieldKey.Title)).WithMessage(_ => FieldMessages.Required)
                .OverridePropertyName(FieldKey.Title);
            this.AddFields(x => x.Fields, "");
        }
    }

    internal sealed class Handler(MoveTransactionFactory transactions) : IHandler<Command, DealView>
    {
        public async Task<Result<DealView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await transactions.Begin(
                new MoveInputs { Customer = request.CustomerId, TargetStage = request.Stage, Fields = request.Fields },
                ct);
            var sent = transaction.Read(request.Fields, FactValues.None, "");
            if (!sent.Ok || Malformed(request, transaction) is not null)
            {
                return Malformed(request, transaction) ?? sent.Problem!;
            }

            var content = new DealContent(sent.Value.Written(FactValues.None, transaction.Actor.Organisation.BaseCurrency));
            if (content.OwnerId == default)
            {
                content = content with { Values = content.Values.With(FieldKey.OwnerId, Fact.Of(transaction.Actor.Id!.Value.ToString())) };
            }

            if (!transaction.Actor.Moves.Contains(content.OwnerId))
            {
                return new Problem(ProblemCode.Forbidden,
                    transaction.Actor.Role == Role.Viewer ? ProblemMessages.Forbidden : DealMessages.ForeignOwner);
            }

            var opening = new CreationContext(content.Values, 1, request.Stage, transaction.Today);
            var facts = FactBuilder.OfOpening(opening, transaction.Customer!.AllFacts(transaction.Catalog), null, transaction.Catalog);
            var wanted = new RequestedMove(MoveKind.Create, request.Stage.ToPlace(), sent.Value.Facts(content.Values).ToDictionary());
            var verdict = PurchasePath.Decide(facts, wanted, transaction.Rules, transaction.Actor.Role!.Value, transaction.Now);
            UseCaseTelemetry.Judged(verdict);
            return verdict.Moves ? await Write(content, transaction, request.Stage, verdict, ct)
                : await Refuse(request, transaction, verdict, ct);
        }

        private static Problem? Malformed(Command request, MoveTransaction transaction) =>
            transaction.Customer is not { } customer ? ValidationProblem.ForField(FieldKey.CustomerId, DealMessages.UnknownCustomer)
            : customer.Archived ? ValidationProblem.ForField(FieldKey.CustomerId, DealMessages.ArchivedCustomer)
            : request.Fields.ValueOf(FieldKey.OwnerId) is null && transaction.Actor.Id is null
                ? ValidationProblem.ForField(FieldKey.OwnerId, FieldMessages.Required)
            : null;

        private static async Task<Result<DealView>> Write(DealContent content, MoveTransaction transaction, Stage stage, Verdict verdict,
            CancellationToken ct)
        {
            var deal = DealFactory.Create(content, transaction.Customer!, transaction.NameOf(content.OwnerId) ?? transaction.Actor.Name!,
                stage, transaction);
            var status = transaction.Customer!.With([deal], transaction.Ids.First, transaction.Customer.State.Referrer, transaction.Now);
            await transaction.Write(
                new LedgerBatch(transaction.Actor, transaction.Now, transaction.Recorded,
                    [DealFactory.Write(deal, transaction, transaction.Ids.First, verdict)], status is null ? [] : [status]),
                ct);
            return deal.View(transaction.Actor, transaction.Catalog, transaction.Now);
        }

        private static async Task<Result<DealView>> Refuse(Command request, MoveTransaction transaction, Verdict verdict,
            CancellationToken ct)
        {
            if (verdict.Result == VerdictKind.Refused && verdict.Reason != VerdictReason.Role)
            {
                await transaction.Refuse(verdict, null, request.CustomerId, ct);
            }

            return MoveProblems.Of(verdict);
        }
    }
}
