using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Imports;

/// <summary>A team, user, product or customer of the files.</summary>
/// <param name="Key">Its external key, the mapping's name included.</param>
/// <param name="Existing">Whether the database has it already.</param>
internal sealed record Draft(
    RecordKind Kind, Guid Id, string Key, bool Existing, string File, long Row, IReadOnlyDictionary<string, object?> Values)
{
    public bool Placeholder { get; init; }

    /// <summary>What of it is known to the catalogue of facts, by their keys.</summary>
    public FactValues Content { get; init; } = FactValues.None;

    public T? Get<T>(string field) => Values.GetValueOrDefault(field) is T value ? value : default;
}

/// <summary>Everything that rows can refer to: what the database has and what earlier rows made.</summary>
internal sealed class ImportCatalog
{
    private readonly Dictionary<RecordKind, Shelf> _shelves =
        Enum.GetValues<RecordKind>().ToDictionary(kind => kind, _ => new Shelf());

    private readonly Dictionary<Guid, Draft> _customers = [];
    private readonly HashSet<Guid> _archived = [];

    private ImportCatalog(IReadOnlySet<string> sources, IReadOnlySet<string> lossReasons) => (Sources, LossReasons) = (sources, lossReasons);

    public IReadOnlySet<string> Sources { get; }

    public IReadOnlySet<string> LossReasons { get; }

    /// <summary>How many imports had been undone when the database was read.</summary>
    public int UndoneImports { get; private init; }

    public IEnumerable<Draft> Drafts(RecordKind kind) => _shelves[kind].Drafts.Values;

    /// <param name="prefix">Of this mapping's external keys; they are found without it.</param>
    public static async Task<ImportCatalog> Load(CrmDbContext db, string prefix, CancellationToken ct)
    {
        var codes = await db.Codes.AsNoTracking().Where(code => code.Active).OrderBy(code => code.Position).Select(code => new { code.Kind, code.Value }).ToListAsync(ct);
        var catalog = new ImportCatalog(Of(Code.SourceOfDeal), Of(Code.Loss))
        {
            UndoneImports = await db.Imports.CountAsync(import => import.UndoneAt != null, ct),
        };
        foreach (var team in await db.Teams.AsNoTracking().Select(team => new { team.Id, team.ExternalKey, team.Name }).ToListAsync(ct))
        {
            Shelve(RecordKind.Team, team.Id.Value, team.ExternalKey, team.Name);
        }

        foreach (var user in await db.Users.AsNoTracking().Select(user => new { user.Id, user.ExternalKey, user.DisplayName, user.Email }).ToListAsync(ct))
        {
            Shelve(RecordKind.User, user.Id.Value, user.ExternalKey, user.DisplayName, user.Email);
        }

        foreach (var product in await db.Products.AsNoTracking().Select(product => new { product.Id, product.ExternalKey, product.Name }).ToListAsync(ct))
        {
            Shelve(RecordKind.Product, product.Id.Value, product.ExternalKey, product.Name);
        }

        await foreach (var customer in db.Customers.AsNoTracking().Select(customer => new { customer.Id, customer.ExternalKey, customer.Name, Archived = customer.ArchivedAt != null }).AsAsyncEnumerable().WithCancellation(ct))
        {
            // Its name is free for others; its key is not: whoever names it is told.
            Shelve(RecordKind.Customer, customer.Id.Value, customer.ExternalKey, customer.Archived ? null : customer.Name);
            if (customer.Archived)
            {
                catalog._archived.Add(customer.Id.Value);
            }
        }

        return catalog;

        HashSet<string> Of(string kind) => [.. codes.Where(code => code.Kind == kind).Select(code => code.Value)];

        void Shelve(RecordKind kind, Guid id, string? key, params string?[] names) => catalog._shelves[kind].Put(
            id, key is not null && key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : null, names);
    }

    /// <summary>By key, else by name (users also by e-mail): none, one, or several of that name.</summary>
    public IReadOnlyList<Guid> Find(RecordKind kind, string text) => _shelves[kind].Find(text);

    public Draft? DraftOf(RecordKind kind, string key) => _shelves[kind].Drafts.GetValueOrDefault(key);

    /// <summary>What the files say of this customer; null where they only name it.</summary>
    public Draft? DraftOf(CustomerId customer) => _customers.GetValueOrDefault(customer.Value);

    /// <summary>Whether this customer is archived: it takes no deal until it is restored.</summary>
    public bool IsArchived(Guid customer) => _archived.Contains(customer);

    /// <summary>What the database has of this key.</summary>
    public Guid? Known(RecordKind kind, string key) => _shelves[kind].ByKey(key);

    /// <summary>Who else has the name; only asked where names must be unique.</summary>
    public IReadOnlyList<Guid> Named(RecordKind kind, string name) => _shelves[kind].ByName(name);

    public void Add(string key, Draft draft)
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
    public void Remove(string key, Draft draft)
    {
        _shelves[draft.Kind].Drafts.Remove(key);
        _customers.Remove(draft.Id);
        if (!draft.Existing)
        {
            _shelves[draft.Kind].Take(draft.Id, key, [draft.Get<string>(ImportFields.Name), draft.Get<string>(ImportFields.Email)]);
        }
    }

    private sealed class Shelf
    {
        private readonly Dictionary<string, Guid> _byKey = new(NameForm.Exact);
        private readonly Dictionary<string, List<Guid>> _byName = new(NameForm.OfNames);

        public Dictionary<string, Draft> Drafts { get; } = new(NameForm.Exact);

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
