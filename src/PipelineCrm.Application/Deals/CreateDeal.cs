using FluentValidation;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Texts;

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

        public static Access Access => Access.SignedIn;

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
            RuleFor(x => x.CustomerId).Must(id => id != default).WithMessage(_ => FieldText.Required);
            RuleFor(x => x.Fields).Must(fields => fields.Sends(FieldKey.Title)).WithMessage(_ => FieldText.Required).OverridePropertyName(FieldKey.Title);
            this.AddFields(x => x.Fields, "");
        }
    }

    internal sealed class Handler(MoveScenes scenes) : IHandler<Command, DealView>
    {
        public async Task<Result<DealView>> Handle(Command request, CancellationToken ct)
        {
            await using var scene = await scenes.Open(
                new SceneRequest { Customer = request.CustomerId, TargetStage = request.Stage, Fields = request.Fields },
                ct);
            var sent = scene.Read(request.Fields, FactValues.None, "");
            if (!sent.Ok || Malformed(request, scene) is not null)
            {
                return Malformed(request, scene) ?? sent.Problem!;
            }

            var content = new DealContent(sent.Value.Written(FactValues.None, scene.Actor.Organisation.BaseCurrency));
            if (content.OwnerId == default)
            {
                content = content with { Values = content.Values.With(FieldKey.OwnerId, Fact.Of(scene.Actor.Id!.Value.ToString())) };
            }

            if (!scene.Actor.Moves.Include(content.OwnerId))
            {
                return new Problem(ProblemCode.Forbidden, scene.Actor.Role == Role.Viewer ? ProblemText.Forbidden : DealText.ForeignOwner);
            }

            var opening = new Beginning(content.Values, 1, request.Stage, scene.Today);
            var facts = FactBuilder.OfOpening(opening, scene.Customer!.AllFacts(scene.Catalog), null, scene.Catalog);
            var wanted = new WantedMove(MoveKind.Create, request.Stage.ToPlace(), sent.Value.Facts(content.Values).ToDictionary());
            var verdict = PurchasePath.Decide(facts, wanted, scene.Rules, scene.Actor.Role!.Value, scene.Now);
            UseCaseTelemetry.Judged(verdict);
            return verdict.Moves ? await Write(content, scene, request.Stage, verdict, ct) : await Refuse(request, scene, verdict, ct);
        }

        private static Problem? Malformed(Command request, MoveScene scene) =>
            scene.Customer is not { } customer ? Invalid.Field(FieldKey.CustomerId, DealText.UnknownCustomer)
            : customer.Archived ? Invalid.Field(FieldKey.CustomerId, DealText.ArchivedCustomer)
            : request.Fields.ValueOf(FieldKey.OwnerId) is null && scene.Actor.Id is null ? Invalid.Field(FieldKey.OwnerId, FieldText.Required)
            : null;

        private static async Task<Result<DealView>> Write(DealContent content, MoveScene scene, Stage stage, Verdict verdict, CancellationToken ct)
        {
            var deal = Openings.Open(content, scene.Customer!, scene.NameOf(content.OwnerId) ?? scene.ActorName!, stage, scene);
            var status = scene.Customer!.With([deal], scene.Ids.First, scene.Customer.State.Referrer, scene.Now);
            await scene.Write(
                new LedgerBatch(scene.Actor, scene.Now, scene.Recorded, [Openings.Write(deal, scene, scene.Ids.First, verdict)], status is null ? [] : [status]),
                ct);
            return deal.View(scene.Actor, scene.Catalog, scene.Now);
        }

        private static async Task<Result<DealView>> Refuse(Command request, MoveScene scene, Verdict verdict, CancellationToken ct)
        {
            if (verdict.Result == VerdictKind.Refused && verdict.Reason != VerdictReason.Role)
            {
                await scene.Refuse(verdict, null, request.CustomerId, ct);
            }

            return Refusals.Problem(verdict);
        }
    }
}
