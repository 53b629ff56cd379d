using System.Globalization;
using System.Text.Json;
using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Lists;

/// <summary>
/// Writes the same to many deals or customers, archives them or moves deals: not at once, but from now on, whether or not the caller stays
/// to watch (<see cref="RunBulkJob"/>). Each is a change of its own; what the caller does not see is told like what is not there.
/// </summary>
public static class StartBulkJob
{
    /// <param name="Fields">By their names, null to empty them; none where they are archived or restored.</param>
    /// <param name="Archived">Into the archive or out of it.</param>
    /// <param name="Move">Deals only: where they are moved.</param>
    public sealed record Command(FactSubject Subject, IReadOnlyList<SeenRecord> Records, JsonFieldDictionary Fields, bool? Archived = null,
        BulkMove? Move = null) : IRequest<BulkJobView>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.Subject).IsInEnum();
            RuleFor(x => x.Records).Must(records => records.Count is > 0 and <= SelectRecords.Most)
                .WithMessage(_ => FieldMessages.TooManyRecords(SelectRecords.Most));
            RuleFor(x => x.Fields)
                .Must((x, fields) => new[] { fields.Count > 0, x.Archived is not null, x.Move is not null }.Count(asked => asked) == 1)
                .WithMessage(_ => FieldMessages.Required);
            RuleFor(x => x.Move).Null().When(x => x.Subject != FactSubject.Deal).WithMessage(_ => FieldMessages.UnknownChoice);
            RuleFor(x => x.Move!.To).IsInEnum().When(x => x.Move is not null).WithMessage(_ => FieldMessages.UnknownChoice);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, BulkJobReader jobs, BulkJobSignal signal,
        CommitCallbacks committed, TimeProvider time) : IHandler<Command, BulkJobView>
    {
        public async Task<Result<BulkJobView>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } user)
            {
                return new Problem(ProblemCode.Forbidden, ProblemMessages.Forbidden);
            }

            var job = new BulkJob
            {
                Id = Guid.CreateVersion7(),
                UserId = user,
                Subject = request.Subject,
                Fields = request.Fields.Count > 0 ? JsonSerializer.Serialize(request.Fields, WireNames.Json) : null,
                Archived = request.Archived,
                Move = request.Move is { } move ? JsonSerializer.Serialize(move, WireNames.Json) : null,
                Channel = actors.Current.Channel,
                Language = CultureInfo.CurrentUICulture.Name,
                CreatedAt = time.GetUtcNow(),
            };
            job.Records.AddRange(request.Records.DistinctBy(record => record.Id)
                .Select(record => new BulkJobRecord { RecordId = record.Id, Version = record.Version }));
            db.Add(job);
            await db.SaveChangesAsync(ct);
            committed.Add(signal.Wake);
            return await jobs.Read(job.Id, ct);
        }
    }
}
