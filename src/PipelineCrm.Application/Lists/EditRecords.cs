using System.Text.Json;
using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Lists;

/// <summary>
/// Writes the same to several deals or customers, or archives them. Each is a change of its own; what the caller does not see is told
/// like what is not there.
/// Whoever wants more than <see cref="Most"/> sends them in parts, and so knows how far it is.
/// </summary>
public static class EditRecords
{
    public const int Most = 100;

    /// <param name="Fields">By their names, null to empty them; none where they are archived or restored.</param>
    /// <param name="Archived">Into the archive or out of it.</param>
    public sealed record Command(FactSubject Subject, IReadOnlyList<SeenRecord> Records, JsonFieldDictionary Fields, bool? Archived = null)
        : IRequest<RecordEdits>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.Subject).IsInEnum();
            RuleFor(x => x.Records).Must(records => records.Count is > 0 and <= Most).WithMessage(_ => FieldMessages.TooManyRecords(Most));
            RuleFor(x => x.Fields).Must((x, fields) => fields.Count > 0 != x.Archived is not null).WithMessage(_ => FieldMessages.Required);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts, RecordWriter writer, TimeProvider time)
        : IHandler<Command, RecordEdits>
    {
        public async Task<Result<RecordEdits>> Handle(Command request, CancellationToken ct)
        {
            var catalog = await facts.Load(ct);
            var scope = ListScope.Build(new ListQuestion(request.Subject), catalog, actors.Current, time.GetUtcNow()).Value!;
            var sent = request.Fields.Keys.Select(field => catalog.Field(request.Subject, field)).OfType<FactDefinition>().ToList();

            // An amount brings its currency along where there is none.
            var written = sent.Union(sent.Where(fact => fact.CurrencyKey is not null).Select(fact => catalog.Find(fact.CurrencyKey)!))
                .ToList();
            var seen = await Read(scope, written, request.Records, ct);

            // In one order, whoever does it.
            foreach (var record in request.Records.DistinctBy(record => record.Id).OrderBy(record => record.Id))
            {
                if (seen.TryGetValue(record.Id, out var row))
                {
                    var before = new JsonFieldDictionary(written.Select(fact =>
                        KeyValuePair.Create(fact.Field, StoredAlone(row.Facts[fact.Key], fact))));
                    await writer.Write(request.Subject, record, request.Fields, request.Archived, before, ct);
                }
                else
                {
                    writer.Refuse(record.Id, new Problem(ProblemCode.NotFound, ProblemMessages.NotFound));
                }
            }

            return writer.Edits;
        }

        private async Task<Dictionary<Guid, ListRow>> Read(
            ListScope scope, IReadOnlyList<FactDefinition> asked, IReadOnlyList<SeenRecord> records, CancellationToken ct)
        {
            var (reader, rows) = (new RowReader(scope, asked), new Dictionary<Guid, ListRow>());
            await new SqlBatch(db.Connection).QueryNamed(
                $"select {reader.Columns} from {scope.From} where {scope.WhereSeen}",
                values =>
                {
                    scope.AddRights(values);
                    values.AddWithValue("ids", records.Select(record => record.Id).ToArray());
                },
                row =>
                {
                    var read = reader.Read(row);
                    rows[read.Id] = read;
                }).Run(ct);
            return rows;
        }

        /// <summary>An amount with a field for its currency is written without it.</summary>
        private static JsonElement StoredAlone(Fact value, FactDefinition fact) =>
            (fact.CurrencyKey is null ? value.ToStored() : value.ToJson()) ?? JsonElement.Parse("null");
    }
}
