using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Lists;

/// <summary>What a job does to each of its records; one of them is asked for.</summary>
/// <param name="Archived">Into the archive or out of it.</param>
/// <param name="Undoes">The transition that is taken back.</param>
internal sealed record WantedChange(JsonFieldDictionary Fields, bool? Archived, BulkMove? Move, long? Undoes);

/// <summary>What became of a record.</summary>
/// <param name="Version">That it has since.</param>
/// <param name="Transition">Of a deal that was moved.</param>
internal sealed record RecordChange(long Version, long? Transition = null);

/// <summary>Changes a record by its own use case, so that rights, rules, history and versions are those of a single change.</summary>
internal sealed class RecordWriter(UseCasePipeline pipeline, CrmDbContext db)
{
    public Task<Result<RecordChange>> Write(Guid job, FactSubject subject, SeenRecord record, WantedChange change, CancellationToken ct)
    {
        // Each is read anew under its lock.
        db.ChangeTracker.Clear();
        return subject == FactSubject.Customer ? Customer(record, change, ct)
            : change.Undoes is { } transition ? Undo(transition, ct)
            : change.Move is { } move ? Move(job, record, move, ct)
            : Deal(record, change, ct);
    }

    private async Task<Result<RecordChange>> Deal(SeenRecord record, WantedChange change, CancellationToken ct)
    {
        var id = new DealId(record.Id);
        var written = change.Archived switch
        {
            true => await pipeline.Send(new ArchiveDeal.Command(id, record.Version), ct),
            false => await pipeline.Send(new RestoreDeal.Command(id, record.Version), ct),
            null => await pipeline.Send(new UpdateDeal.Command(id, record.Version, new MoveFields().And(change.Fields)), ct),
        };
        return written.Ok ? new RecordChange(written.Value.Version) : written.Problem;
    }

    private async Task<Result<RecordChange>> Customer(SeenRecord record, WantedChange change, CancellationToken ct)
    {
        var id = new CustomerId(record.Id);
        var written = change.Archived switch
        {
            true => await pipeline.Send(new ArchiveCustomer.Command(id, record.Version), ct),
            false => await pipeline.Send(new RestoreCustomer.Command(id, record.Version), ct),
            null => await pipeline.Send(new UpdateCustomer.Command(id, record.Version, new CustomerFields().And(change.Fields)), ct),
        };
        return written.Ok ? new RecordChange(written.Value.Version) : written.Problem;
    }

    /// <summary>What is there already stays. Fields that somebody changed since are no conflict with a move that sends none.</summary>
    private async Task<Result<RecordChange>> Move(Guid job, SeenRecord record, BulkMove move, CancellationToken ct)
    {
        var found = await pipeline.Send(new GetDeal.Query(new DealId(record.Id)), ct);
        if (!found.Ok)
        {
            return found.Problem;
        }

        var position = found.Value.Position;
        if (position.Place == move.To)
        {
            return new RecordChange(record.Version);
        }

        var command = new MoveDeal.Command(found.Value.Id, MoveKinds.Leading(position, move.To), move.To, record.Version, MoveFields.None,
            move.Reason, null, null, $"{job:N}{record.Id:N}");
        var moved = await pipeline.Send(command, ct);
        if (moved.Problem?.Detail is ConflictDetail { Changed: "fields" } changed)
        {
            moved = await pipeline.Send(command with { Version = changed.Version }, ct);
        }

        return moved.Ok ? new RecordChange(moved.Value.Deal.Version, moved.Value.Transition.Id) : moved.Problem;
    }

    private async Task<Result<RecordChange>> Undo(long transition, CancellationToken ct)
    {
        var undone = await pipeline.Send(new UndoTransition.Command(transition), ct);
        return undone.Ok ? new RecordChange(undone.Value.Deal.Version) : undone.Problem;
    }
}
