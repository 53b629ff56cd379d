using FluentValidation;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Texts;

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
        public static Access Access => Access.SignedIn;

        internal MoveFields Fields => new()
        {
            Title = Title,
            Amount = Amount,
            Currency = Currency,
            ExpectedClose = ExpectedClose,
            Source = Source,
            OwnerId = OwnerId is { } owner ? owner : default(Sent<UserId?>),
        };
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.CustomerId).Must(id => id != default).WithMessage(_ => FieldText.Required);
            this.AddFields(x => x.Fields, "");
        }
    }

    internal sealed class Handler(MoveScenes scenes) : IHandler<Command, DealView>
    {
        public async Task<Result<DealView>> Handle(Command request, CancellationToken ct)
        {
            await using var scene = await scenes.Open(
                new SceneRequest
                {
                    Customer = request.CustomerId,
                    TargetStage = request.Stage,
                    NewOwner = request.OwnerId,
                    Source = FieldRules.Kept(request.Source),
                },
                ct);
            if (Malformed(request, scene) is { } malformed)
            {
                return malformed;
            }

            var owner = request.OwnerId ?? scene.Actor.Id!.Value;
            if (!scene.Actor.Moves.Include(owner))
            {
                return new Problem(ProblemCode.Forbidden, scene.Actor.Role == Role.Viewer ? ProblemText.Forbidden : DealText.ForeignOwner);
            }

            var content = request.Fields.Written(new DealContent("", null, null, null, null, owner), scene.Actor.Organisation.BaseCurrency);
            var facts = FactsOfDeal.OfNew(content, 1, scene.Customer, null, scene.Today);
            var wanted = new WantedMove(MoveKind.Create, request.Stage.ToPlace(), request.Fields.Facts(content).ToDictionary());
            var verdict = PurchasePath.Decide(facts, wanted, scene.Rules, scene.Actor.Role!.Value, scene.Now);
            UseCaseTelemetry.Judged(verdict);
            return verdict.Moves ? await Write(content, scene, request.Stage, verdict, ct) : await Refuse(request, scene, verdict, ct);
        }

        private static Problem? Malformed(Command request, MoveScene scene) =>
            scene.Customer is not { } customer ? Invalid.Field(FieldKey.CustomerId, DealText.UnknownCustomer)
            : customer.Archived ? Invalid.Field(FieldKey.CustomerId, DealText.ArchivedCustomer)
            : request.OwnerId is null && scene.Actor.Id is null ? Invalid.Field(FieldKey.OwnerId, FieldText.Required)
            : scene.Unknown(request.Fields, null, "");

        private static async Task<Result<DealView>> Write(DealContent content, MoveScene scene, Stage stage, Verdict verdict, CancellationToken ct)
        {
            var deal = Openings.Open(content, scene.Customer!, scene.NewOwnerName ?? scene.ActorName!, stage, scene);
            var status = scene.Customer!.With([deal], scene.Ids.First, scene.Customer.State.Referrer, scene.Now);
            await scene.Write(
                new LedgerBatch(scene.Actor, scene.Now, scene.Recorded, [Openings.Write(deal, scene, scene.Ids.First, verdict)], status is null ? [] : [status]),
                ct);
            return deal.View(scene.Actor, scene.Now);
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
