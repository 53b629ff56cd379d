using System.Security.Cryptography;
using System.Text.Json;
using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>Moves a deal: the one way its stage or outcome changes (docs/api.md, POST deals/{id}/moves).</summary>
public static class MoveDeal
{
    public const int KeyLength = IdempotentCommands.IdLength;

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
        DealId? PlaceAfter = null) : IRequest<MoveResult>, IPriorityRequest, ISelfIdempotent, IRightsUnderLock
    {
        public string OperationId => IdempotencyKey;

        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.Kind).Must(kind => Enum.IsDefined(kind)).WithMessage(_ => FieldMessages.Required);
            this.AddVersion(x => x.Version);
            RuleFor(x => x.IdempotencyKey).RequiredText(KeyLength);
            RuleFor(x => x.Reason!.Code).CleanText(MoveFieldsRules.CodeLength).When(x => x.Reason is not null);
            RuleFor(x => x.Reason!.Text).CleanText(MoveFieldsRules.ReasonLength).When(x => x.Reason is not null);
            RuleFor(x => x.Override!.Code).RequiredText(MoveFieldsRules.CodeLength).When(x => x.Override is not null);
            RuleFor(x => x.Override!.Text).RequiredText(MoveFieldsRules.ReasonLength).When(x => x.Override is not null);
            this.AddFields(x => x.Fields, "fields.");
        }
    }

    internal sealed class Handler(MoveTransactionFactory transactions) : IHandler<Command, MoveResult>
    {
        public async Task<Result<MoveResult>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await transactions.Begin(Wanted(request), ct);
            if (!transaction.Actor.SignedIn)
            {
                return new Problem(ProblemCode.Unauthenticated, ProblemMessages.Unauthenticated);
            }

            if (transaction.Deal is not { } snapshot || !transaction.Actor.Sees.Contains(snapshot.Deal.Content.OwnerId))
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            var sent = transaction.Read(request.Fields, snapshot.Deal.Content.Values, "fields.",
                MovePlan.Basis(request.Kind, snapshot.Deal.Content).Values);
            if (!sent.Ok)
            {
                return sent.Problem;
            }

            if (Malformed(request, transaction) is { } malformed)
            {
                return malformed;
            }

            var body = BodyHash(request, sent.Value);
            if (transaction.StoredAnswer is { } answered)
            {
                return answered.BodyHash.SequenceEqual(body)
                    ? await VisibleAnswer.Of(JsonSerializer.Deserialize<MoveResult>(answered.Json, WireNames.Json)!, transaction, ct)
                    : new Problem(ProblemCode.IdempotencyKeyReused, ProblemMessages.IdempotencyKeyReused);
            }

            if (snapshot.Deal.Version != request.Version)
            {
                return await MoveConflicts.Since(snapshot.Deal, request.Version, transaction, ct);
            }

            if (snapshot.Archived is { } archived)
            {
                return archived;
            }

            var plan = MovePlan.Of(request, sent.Value, transaction, snapshot);
            if (plan.CheckRights(transaction) is { } forbidden)
            {
                return forbidden;
            }

            var verdict = plan.Evaluate(transaction);
            UseCaseTelemetry.Judged(verdict);
            return verdict.Moves ? await Write(request, transaction, snapshot, plan, verdict, body, ct)
                : await Refuse(transaction, snapshot, verdict, ct);
        }

        private static async Task<Result<MoveResult>> Write(
            Command request, MoveTransaction transaction, DealSnapshot snapshot, MovePlan plan, Verdict verdict, byte[] body,
            CancellationToken ct)
        {
            if (plan.Kind == MoveKind.Refer && request.CustomerId is null)
            {
                return ValidationProblem.ForField(FieldKey.CustomerId, FieldMessages.Required);
            }

            var move = plan.Write(request, transaction, verdict);
            var batch = transaction.Actor.Id is { } user
                ? move.Batch with
                {
                    Answer = new IdempotencyWrite(user, request.IdempotencyKey, body,
                    JsonSerializer.Serialize(move.Answer, WireNames.Json))
                }
                : move.Batch;
            return await transaction.Write(batch, ct) switch
            {
                WriteResult.Written => move.Answer,
                WriteResult.KeyReused => new Problem(ProblemCode.IdempotencyKeyReused, ProblemMessages.IdempotencyKeyReused),
                WriteResult.VersionConflict => await MoveConflicts.Since(snapshot.Deal, request.Version, transaction, ct),
            };
        }

        private static async Task<Result<MoveResult>> Refuse(MoveTransaction transaction, DealSnapshot snapshot, Verdict verdict,
            CancellationToken ct)
        {
            if (verdict.Result == VerdictKind.Refused && verdict.Reason != VerdictReason.Role)
            {
                await transaction.Refuse(verdict, snapshot.Deal.Id, snapshot.Deal.CustomerId, ct);
            }

            return MoveProblems.Of(verdict);
        }

        private static MoveInputs Wanted(Command request) => new()
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
            LossCode = FieldRules.TrimToNull(request.Reason?.Code),
            OverrideCode = request.Override?.Code.Trim(),
        };

        private static Problem? Malformed(Command request, MoveTransaction transaction) =>
            !transaction.KnownLoss ? ValidationProblem.ForField(FieldKey.ReasonCode, FieldMessages.UnknownChoice)
                : !transaction.KnownOverride ? ValidationProblem.ForField("override.code", FieldMessages.UnknownChoice)
                : request is { Kind: MoveKind.Refer, CustomerId: not null } && transaction.Customer is null
                    ? ValidationProblem.ForField(FieldKey.CustomerId, DealMessages.UnknownCustomer)
                : request is { Kind: MoveKind.Refer, CustomerId: not null } && transaction.Customer is { Archived: true }
                    ? ValidationProblem.ForField(FieldKey.CustomerId, DealMessages.ArchivedCustomer)
                : null;

        /// <summary>The same request in every version of the product: what was sent, in the order of the catalogue.</summary>
        private static byte[] BodyHash(Command request, SubmittedFields fields) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
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
public sealed record MoveResult(DealView Deal, TransitionView Transition, DealView? Created, IReadOnlyList<ConditionResult> Warnings)
    : IDealResponse
{
    DealId IDealResponse.Deal => Deal.Id;
}

/// <summary>Why a deal is lost or goes back.</summary>
/// <param name="Code">A loss reason's code.</param>
public sealed record MoveReason(string? Code, string? Text);
