using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Lists;

/// <summary>Changes a record by its own use case, so that rights, rules, history and versions are those of a single change.</summary>
internal sealed class RecordWriter(UseCasePipeline pipeline, CrmDbContext db)
{
    /// <param name="archived">Into the archive or out of it; null: the fields are written.</param>
    /// <returns>The version that it has since.</returns>
    public Task<Result<long>> Write(FactSubject subject, SeenRecord record, JsonFieldDictionary fields, bool? archived,
        CancellationToken ct)
    {
        // Each is read anew under its lock.
        db.ChangeTracker.Clear();
        return subject == FactSubject.Deal ? Deal(record, fields, archived, ct) : Customer(record, fields, archived, ct);
    }

    private async Task<Result<long>> Deal(SeenRecord record, JsonFieldDictionary fields, bool? archived, CancellationToken ct)
    {
        var id = new DealId(record.Id);
        var written = archived switch
        {
            true => await pipeline.Send(new ArchiveDeal.Command(id, record.Version), ct),
            false => await pipeline.Send(new RestoreDeal.Command(id, record.Version), ct),
            null => await pipeline.Send(new UpdateDeal.Command(id, record.Version, new MoveFields().And(fields)), ct),
        };
        return written.Ok ? written.Value.Version : written.Problem;
    }

    private async Task<Result<long>> Customer(SeenRecord record, JsonFieldDictionary fields, bool? archived, CancellationToken ct)
    {
        var id = new CustomerId(record.Id);
        var written = archived switch
        {
            true => await pipeline.Send(new ArchiveCustomer.Command(id, record.Version), ct),
            false => await pipeline.Send(new RestoreCustomer.Command(id, record.Version), ct),
            null => await pipeline.Send(new UpdateCustomer.Command(id, record.Version, new CustomerFields().And(fields)), ct),
        };
        return written.Ok ? written.Value.Version : written.Problem;
    }
}
