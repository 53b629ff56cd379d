using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Imports;

/// <summary>Everything that rows can refer to: what the database has and what earlier rows made.</summary>
internal sealed class ImportReferenceData
{
    private readonly Dictionary<RecordKind, ReferenceIndex> _shelves =
        Enum.GetValues<RecordKind>().ToDictionary(kind => kind, _ => new ReferenceIndex());

    private readonly Dictionary<Guid, PendingRecord> _customers = [];
    private readonly HashSet<Guid> _archived = [];

    private ImportReferenceData(IReadOnlySet<string> sources,
        IReadOnlySet<string> lossReasons) => (Sources, LossReasons) = (sources, lossReasons);

    public IReadOnlySet<string> Sources { get; }

    public IReadOnlySet<string> LossReasons { get; }

    /// <summary>How many imports had been undone when the database was read.</summary>
    public int UndoneImports { get; private init; }

    public IEnumerable<PendingRecord> Drafts(RecordKind kind) => _shelves[kind].Drafts.Values;

    /// <param name="prefix">Of this mapping's external keys; they are found without it.</param>
    public static async Task<ImportReferenceData> Load(CrmDbContext db, string prefix, CancellationToken ct)
    {
        var codes = await db.Codes.AsNoTracking().Where(code => code.Active).OrderBy(code => code.Position)
            .Select(code => new { code.Kind, code.Value }).ToListAsync(ct);
        var reference = new ImportReferenceData(Of(Code.SourceOfDeal), Of(Code.Loss))
        {
            UndoneImports = await db.Imports.CountAsync(import => import.UndoneAt != null, ct),
        };
        foreach (var team in await db.Teams.AsNoTracking().Select(team => new { team.Id, team.ExternalKey, team.Name }).ToListAsync(ct))
        {
            Shelve(RecordKind.Team, team.Id.Value, team.ExternalKey, team.Name);
        }

        foreach (var user in await db.Users.AsNoTracking().Select(user => new { user.Id, user.ExternalKey, user.DisplayName, user.Email })
            .ToListAsync(ct))
        {
            Shelve(RecordKind.User, user.Id.Value, user.ExternalKey, user.DisplayName, user.Email);
        }

        foreach (var product in await db.Products.AsNoTracking().Select(product => new { product.Id, product.ExternalKey, product.Name })
            .ToListAsync(ct))
        {
            Shelve(RecordKind.Product, product.Id.Value, product.ExternalKey, product.Name);
        }

        await foreach (var customer in db.Customers.AsNoTracking().Select(customer => new
        {
            customer.Id,
            customer.ExternalKey,
            customer.Name,
            Archived = customer.ArchivedAt != null
        }).AsAsyncEnumerable().WithCancellation(ct))
        {
            // Its name is free for others; its key is not: whoever names it gets an error.
            Shelve(RecordKind.Customer, customer.Id.Value, customer.ExternalKey, customer.Archived ? null : customer.Name);
            if (customer.Archived)
            {
                reference._archived.Add(customer.Id.Value);
            }
        }

        return reference;

        HashSet<string> Of(string kind) => [.. codes.Where(code => code.Kind == kind).Select(code => code.Value)];

        void Shelve(RecordKind kind, Guid id, string? key, params string?[] names) => reference._shelves[kind].Put(
            id, key is not null && key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : null, names);
    }

    /// <summary>By key, else by name (users also by e-mail): none, one, or several of that name.</summary>
    public IReadOnlyList<Guid> Find(RecordKind kind, string text) => _shelves[kind].Find(text);

    public PendingRecord? DraftOf(RecordKind kind, string key) => _shelves[kind].Drafts.GetValueOrDefault(key);

    /// <summary>What the files say of this customer; null where they only name it.</summary>
    public PendingRecord? DraftOf(CustomerId customer) => _customers.GetValueOrDefault(customer.Value);

    /// <summary>Whether this customer is archived: it takes no deal until it is restored.</summary>
    public bool IsArchived(Guid customer) => _archived.Contains(customer);

    /// <summary>What the database has of this key.</summary>
    public Guid? Known(RecordKind kind, string key) => _shelves[kind].ByKey(key);

    /// <summary>Who else has the name; only asked where names must be unique.</summary>
    public IReadOnlyList<Guid> Named(RecordKind kind, string name) => _shelves[kind].ByName(name);

    public void Add(string key, PendingRecord draft)
    {
        _shelves[draft.Kind].Drafts.Add(key, draft);
        if (draft.Kind == RecordKind.Customer)
        {
            _customers[draft.Id] = draft;
        }

        if (!draft.Existing)
        {
            _shelves[draft.Kind].Put(draft.Id, key, [draft.Get<string>(ImportFields.Name), draft.Get<string>(ImportFields.Email)]);
        }
    }

    /// <summary>Takes back what a row made that turned out to be bad.</summary>
    public void Remove(string key, PendingRecord draft)
    {
        _shelves[draft.Kind].Drafts.Remove(key);
        _customers.Remove(draft.Id);
        if (!draft.Existing)
        {
            _shelves[draft.Kind].Take(draft.Id, key, [draft.Get<string>(ImportFields.Name), draft.Get<string>(ImportFields.Email)]);
        }
    }

    private sealed class ReferenceIndex
    {
        private readonly Dictionary<string, Guid> _byKey = new(NameNormalization.Exact);
        private readonly Dictionary<string, List<Guid>> _byName = new(NameNormalization.OfNames);

        public Dictionary<string, PendingRecord> Drafts { get; } = new(NameNormalization.Exact);

        public void Put(Guid id, string? key, IEnumerable<string?> names)
        {
            if (key is not null)
            {
                _byKey[key] = id;
            }

            foreach (var name in names.OfType<string>())
            {
                (_byName.TryGetValue(name, out var list) ? list : _byName[name] = []).Add(id);
            }
        }

        public void Take(Guid id, string key, IEnumerable<string?> names)
        {
            _byKey.Remove(key);
            foreach (var name in names.OfType<string>())
            {
                _byName[name].Remove(id);
            }
        }

        public Guid? ByKey(string key) => _byKey.TryGetValue(key, out var id) ? id : null;

        public List<Guid> ByName(string name) => _byName.TryGetValue(name, out var list) ? list : [];

        public List<Guid> Find(string text) => ByKey(text) is { } id ? [id] : ByName(text);
    }
}
