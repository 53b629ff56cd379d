using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Lists;

/// <summary>Changes records one after another by their own use cases, so that rights, rules, history and versions are those of a single
/// change.</summary>
internal sealed class RecordWriter(UseCasePipeline pipeline, CrmDbContext db)
{
    private readonly List<RecordEdit> _changed = [];
    private readonly List<RecordRefusal> _refused = [];
    private int _unchanged;

    public RecordEdits Edits => new(_changed, _unchanged, _refused);

    /// <param name="before">What takes the change back.</param>
    /// <param name="archived">Into the archive or out of it; null: the fields are written.</param>
    public async Task Write(FactSubject subject, SeenRecord record, JsonFieldDictionary fields, bool? archived, JsonFieldDictionary before,
        CancellationToken ct)
    {
        // Each is read anew under its lock.
        db.ChangeTracker.Clear();
        var written = subject == FactSubject.Deal ? await Deal(record, fields, archived, ct) : await Customer(record, fields, archived, ct);
        if (!written.Ok)
        {
            Refuse(record.Id, written.Problem);
        }
        else if (written.Value == record.Version)
        {
            _unchanged++;
        }
        else
        {
            _changed.Add(new RecordEdit(record.Id, written.Value, before, !archived));
        }
    }

    public void Refuse(Guid id, Problem problem) => _refused.Add(new RecordRefusal(
        id, problem.Code, problem.Errors.Count == 0 ? problem.Message
            : string.Join(" ", problem.Errors.Values.SelectMany(sentences => sentences).Distinct())));

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
