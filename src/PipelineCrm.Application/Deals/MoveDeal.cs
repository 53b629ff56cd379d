using System.Security.Cryptography;
using System.Text.Json;
using FluentValidation;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>Moves a deal: the one way its stage or outcome changes (docs/api.md, POST deals/{id}/moves).</summary>
public static class MoveDeal
{
    public const int KeyLength = Operations.IdLength;

    /// <param name="To">May be null where the kind has only one target.</param>
    /// <param name="Version">The deal's version that the mover has seen.</param>
    /// <param name="CustomerId">For refer: the customer that the new deal is for.</param>
    /// <param name="IdempotencyKey">1 to 200 characters; the same key and body answer the same.</param>
    /// <param name="PlaceBefore">The card that it was dropped above.</param>
    /// <param name="PlaceAfter">The card that it was dropped under, for the end of a column; neither: on top.</param>
    public sealed record Command(
        DealId Id,
        MoveKind Kind,
        Place? To,
        long Version,
        MoveFields Fields,
        MoveReason? Reason,
        Override? Override,
        CustomerId? CustomerId,
        string IdempotencyKey,
        DealId? PlaceBefore = null,
        DealId? PlaceAfter = null) : IRequest<Moved>, IGoesFirst, ISettlesItself
    {
        public string OperationId => IdempotencyKey;

        public static Access Access => Access.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.Kind).Must(kind => Enum.IsDefined(kind)).WithMessage(_ => FieldText.Required);
            this.AddVersion(x => x.Version);
            RuleFor(x => x.IdempotencyKey).RequiredText(KeyLength);
            RuleFor(x => x.Reason!.Code).CleanText(MoveFieldsRules.CodeLength).When(x => x.Reason is not null);
            RuleFor(x => x.Reason!.Text).CleanText(MoveFieldsRules.ReasonLength).When(x => x.Reason is not null);
            RuleFor(x => x.Override!.Code).RequiredText(MoveFieldsRules.CodeLength).When(x => x.Override is not null);
            RuleFor(x => x.Override!.Text).RequiredText(MoveFieldsRules.ReasonLength).When(x => x.Override is not null);
            this.AddFields(x => x.Fields, "fields.");
        }
    }

    internal sealed class Handler(MoveScenes scenes) : IHandler<Command, Moved>
    {
        public async Task<Result<Moved>> Handle(Command request, CancellationToken ct)
        {
            await using var scene = await scenes.Open(Wanted(request), ct);
            if (scene.Deal is not { } side || !scene.Actor.Sees.Include(side.Deal.Content.OwnerId))
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            var sent = scene.Read(request.Fields, side.Deal.Content.Values, "fields.", Intention.Basis(request.Kind, side.Deal.Content).Values);
            if (!sent.Ok)
            {
                return sent.Problem;
            }

            if (Malformed(request, scene) is { } malformed)
            {
                return malformed;
            }

            var body = BodyHash(request, sent.Value);
            if (scene.Answered is { } answered)
            {
                return answered.BodyHash.SequenceEqual(body)
                    ? await SeenAnswer.Of(JsonSerializer.Deserialize<Moved>(answered.Json, WireNames.Json)!, scene, ct)
                    : new Problem(ProblemCode.IdempotencyKeyReused, ProblemText.IdempotencyKeyReused);
            }

            if (side.Deal.Version != request.Version)
            {
                return await MoveConflicts.Since(side.Deal, request.Version, scene, ct);
            }

            if (side.Archived is { } archived)
            {
                return archived;
            }

            var intended = Intention.Of(request, sent.Value, scene, side);
            if (intended.Forbidden(scene) is { } forbidden)
            {
                return forbidden;
            }

            var verdict = intended.Judge(scene);
            UseCaseTelemetry.Judged(verdict);
            return verdict.Moves ? await Write(request, scene, side, intended, verdict, body, ct) : await Refuse(scene, side, verdict, ct);
        }

        private static async Task<Result<Moved>> Write(
            Command request, MoveScene scene, DealSide side, Intention intended, Verdict verdict, byte[] body, CancellationToken ct)
        {
            if (intended.Kind == MoveKind.Refer && request.CustomerId is null)
            {
                return Invalid.Field(FieldKey.CustomerId, FieldText.Required);
            }

            var move = intended.Write(request, scene, verdict);
            var batch = scene.Actor.Id is { } user
                ? move.Batch with { Answer = new AnswerWrite(user, request.IdempotencyKey, body, JsonSerializer.Serialize(move.Answer, WireNames.Json)) }
                : move.Batch;
            return await scene.Write(batch, ct) switch
            {
                Written.Done => move.Answer,
                Written.KeyTaken => new Problem(ProblemCode.IdempotencyKeyReused, ProblemText.IdempotencyKeyReused),
                Written.Overtaken => await MoveConflicts.Since(side.Deal, request.Version, scene, ct),
            };
        }

        private static async Task<Result<Moved>> Refuse(MoveScene scene, DealSide side, Verdict verdict, CancellationToken ct)
        {
            if (verdict.Result == VerdictKind.Refused && verdict.Reason != VerdictReason.Role)
            {
                await scene.Refuse(verdict, side.Deal.Id, side.Deal.CustomerId, ct);
            }

            return Refusals.Problem(verdict);
        }

        private static SceneRequest Wanted(Command request) => new()
        {
            Deal = request.Id,
            Customer = request.Kind == MoveKind.Refer ? request.CustomerId : null,
            Refers = request.Kind == MoveKind.Refer,
            Key = request.IdempotencyKey,
            TargetStage = request.Kind switch
            {
                MoveKind.Repurchase => Stage.Consideration,
                MoveKind.Refer => Stage.Awareness,
                _ => request.To?.AsStage(),
            },
            Advances = request.Kind == MoveKind.Advance,
            PlaceBefore = request.PlaceBefore,
            PlaceAfter = request.PlaceAfter,
            Fields = request.Fields,
            LossCode = FieldRules.Kept(request.Reason?.Code),
            OverrideCode = request.Override?.Code.Trim(),
        };

        private static Problem? Malformed(Command request, MoveScene scene) =>
            !scene.KnownLoss ? Invalid.Field(FieldKey.ReasonCode, FieldText.UnknownChoice)
                : !scene.KnownOverride ? Invalid.Field("override.code", FieldText.UnknownChoice)
                : request is { Kind: MoveKind.Refer, CustomerId: not null } && scene.Customer is null ? Invalid.Field(FieldKey.CustomerId, DealText.UnknownCustomer)
                : request is { Kind: MoveKind.Refer, CustomerId: not null } && scene.Customer is { Archived: true } ? Invalid.Field(FieldKey.CustomerId, DealText.ArchivedCustomer)
                : null;

        /// <summary>The same request in every version of the product: what was sent, in the order of the catalogue.</summary>
        private static byte[] BodyHash(Command request, SentFields fields) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                request.Id,
                request.Kind,
                request.To,
                request.Version,
                sent = fields.Body(),
                request.Reason,
                request.Override,
                request.CustomerId,
                request.PlaceBefore,
                request.PlaceAfter,
            },
            WireNames.Json));
    }
}

/// <summary>The answer of an accepted move or undo.</summary>
/// <param name="Created">The deal that repurchase or refer opened.</param>
/// <param name="Warnings">Failing conditions that warn or were overridden.</param>
public sealed record Moved(DealView Deal, TransitionView Transition, DealView? Created, IReadOnlyList<ConditionResult> Warnings) : ITellsOfDeal
{
    DealId ITellsOfDeal.Deal => Deal.Id;
}

/// <summary>Why a deal is lost or goes back.</summary>
/// <param name="Code">A loss reason's code.</param>
public sealed record MoveReason(string? Code, string? Text);
