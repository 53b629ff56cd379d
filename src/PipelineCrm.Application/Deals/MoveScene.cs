using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>What a request wants to know besides the deal; everything unset is not asked.</summary>
internal sealed record SceneRequest
{
    public DealId? Deal { get; init; }

    /// <summary>The customer that a deal is opened for; null: that of <see cref="Deal"/>.</summary>
    public CustomerId? Customer { get; init; }
    public bool Refers { get; init; }

    /// <summary>For undo: the deal that the move opened, to be taken back too.</summary>
    public DealId? Follower { get; init; }

    /// <summary>For undo: what else to read under the locks.</summary>
    public Action<Reads, FactCatalog>? More { get; init; }
    public string? Key { get; init; }
    public Stage? TargetStage { get; init; }

    /// <summary>Without a target stage: the next one; otherwise the deal's own.</summary>
    public bool Advances { get; init; }
    public DealId? PlaceBefore { get; init; }
    public DealId? PlaceAfter { get; init; }

    /// <summary>What is to be written to a deal.</summary>
    public MoveFields Fields { get; init; } = MoveFields.None;
    public string? LossCode { get; init; }
    public string? OverrideCode { get; init; }
}

/// <summary>Opens scenes; one request may need several of them in turn.</summary>
internal sealed class MoveScenes(
    CrmDbContext db, ActorSource actors, Occasion occasion, PublishedRules published, FactCatalogs catalogs, LedgerWriter writer, MoveProbe probe)
{
    public async Task<MoveScene> Open(SceneRequest wanted, CancellationToken ct)
    {
        var scene = new MoveScene(db, actors, occasion, published, catalogs, writer, probe);
        try
        {
            await scene.Open(wanted, ct);
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }
}

/// <summary>
/// The first of a move's two batches: takes the locks, then reads everything that the decision looks at, so that nothing of it
/// can change before the commit. A lock and the read that it protects are never the same statement.
/// </summary>
internal sealed class MoveScene(
    CrmDbContext db, ActorSource actors, Occasion occasion, PublishedRules published, FactCatalogs catalogs, LedgerWriter writer, MoveProbe probe)
    : IAsyncDisposable
{
    /// <summary>One list of ids: "id = $1 or id in (…)" would walk through all customers.</summary>
    private const string Customers = """
        select 1 from customers where id = any(array(select customer_id from deals where id = $2 or id = $3) || $1) order by id for no key update
        """;

    private const string Checks = """
        select transaction_timestamp(), nextval(pg_get_serial_sequence('transitions', 'id')), nextval(pg_get_serial_sequence('transitions', 'id')),
               (select display_name from users where id = $1)
        """;

    /// <summary>Of cards that the mover sees: the rank of the card to lie above and of the one over it, of the card to lie under and of the one below it, and the topmost.</summary>
    private const string Place = """
        with target as (select coalesce($1, (select stage + $4 from deals where id = $2)) as stage),
        below as (
            select d.rank from deals d
            where d.id = $3 and d.stage = (select stage from target) and d.outcome = 0 and not d.void and d.archived_at is null and ($6 is null or d.owner_id = any($6))),
        above as (
            select d.rank from deals d
            where d.id = $5 and d.stage = (select stage from target) and d.outcome = 0 and not d.void and d.archived_at is null and ($6 is null or d.owner_id = any($6)))
        select (select rank from below),
               (select d.rank from deals d
                where d.stage = (select stage from target) and d.outcome = 0 and not d.void and d.archived_at is null and d.rank < (select rank from below)
                order by d.rank desc limit 1),
               (select rank from above),
               (select d.rank from deals d
                where d.stage = (select stage from target) and d.outcome = 0 and not d.void and d.archived_at is null and d.rank > (select rank from above)
                order by d.rank limit 1),
               (select d.rank from deals d
                where d.stage = (select stage from target) and d.outcome = 0 and not d.void and d.archived_at is null
                order by d.rank limit 1)
        """;

    /// <summary>Those whom the deal's customer was referred by, directly or further back.</summary>
    private const string Referrers = """
        with recursive chain as (
            select c.id, c.referrer_id from customers c join deals d on d.customer_id = c.id where d.id = $1
            union
            select c.id, c.referrer_id from customers c join chain on c.id = chain.referrer_id)
        select id from chain
        """;

    private bool _open;

    public NpgsqlConnection Connection { get; private set; } = null!;
    public Actor Actor => actors.Current;
    public RuleSet Rules { get; private set; } = null!;

    /// <summary>The facts there are; nobody changes a field that admins added while the scene is open.</summary>
    public FactCatalog Catalog { get; private set; } = null!;

    /// <summary>The database's transaction time.</summary>
    public DateTimeOffset Recorded { get; private set; }

    /// <summary>When what is done is said to happen: only demo and import say otherwise than now.</summary>
    public DateTimeOffset Now => Past ?? Recorded;

    private DateTimeOffset? Past => Actor.Channel is Channel.Demo or Channel.Import ? occasion.Past : null;

    public DateOnly Today => Actor.Organisation.DayOf(Now);
    public DealSide? Deal { get; private set; }
    public CustomerSide? Customer { get; private set; }

    /// <summary>For undo: the customer of the deal that the move opened.</summary>
    public CustomerSide? FollowersCustomer { get; private set; }

    /// <summary>For refer: the deal's customer and those whom it was referred by, directly or further back.</summary>
    public HashSet<CustomerId> Chain { get; } = [];
    public (long First, long Second) Ids { get; private set; }
    public string? ActorName { get; private set; }
    public KnownChoices Known { get; } = new();
    public bool KnownLoss { get; private set; }
    public bool KnownOverride { get; private set; }
    public (byte[] BodyHash, string Json)? Answered { get; private set; }
    public string Rank { get; private set; } = "";

    public async Task Open(SceneRequest wanted, CancellationToken ct)
    {
        Connection = db.Connection;
        var reads = Locked(wanted);
        Edition inForce = default;
        PublishedRules.AddInForce(reads, (edition, _) => inForce = edition);
        Catalog = catalogs.Last;
        Facts(reads, wanted);
        await reads.Run(ct);
        if (await catalogs.Load(Connection, Actor.Facts, ct) is var inUse && inUse != Catalog)
        {
            // Other fields than this process knew: what was read by them is read again, under the same locks.
            Catalog = inUse;
            reads = new Reads(Connection);
            Facts(reads, wanted);
            await reads.Run(ct);
        }

        KnownLoss = wanted.LossCode is null || Known.Codes.Contains((Code.Loss, wanted.LossCode));
        KnownOverride = wanted.OverrideCode is null || Known.Codes.Contains((Code.OverrideReason, wanted.OverrideCode));
        Rules = await published.Load(Connection, inForce, ct);
        await probe.Decided(ct);
    }

    /// <summary>The fields of the request, found sound by the catalogue and by what the database knows.</summary>
    /// <param name="prefix">Path of the fields in the request, ending in a point; empty at its root.</param>
    /// <param name="before">The deal that they are sent for; <paramref name="basis"/>: what they are written onto, null: the same.</param>
    public Result<SentFields> Read(MoveFields fields, FactValues before, string prefix, FactValues? basis = null)
    {
        var sent = SentFields.Read(fields, Catalog, FactSubject.Deal, before, Actor.Organisation.BaseCurrency, prefix);
        return sent.Ok && sent.Value.Unfit(before, basis ?? before, Known, Actor.Organisation.BaseCurrency, prefix) is { } unfit ? unfit : sent;
    }

    /// <summary>What the owner is called that the deal is given to; null where it is given to nobody else.</summary>
    public string? NameOf(UserId owner) => Known.People.GetValueOrDefault(owner.ToString())?.Name;

    /// <summary>The second batch: one statement and the commit.</summary>
    public async Task<Written> Write(LedgerBatch moves, CancellationToken ct)
    {
        var written = await writer.Write(moves, Catalog, ends: _open, ct);
        _open = _open && written == Written.KeyTaken;
        return written;
    }

    /// <summary>Keeps that a move was refused; nothing else was written.</summary>
    public async Task Refuse(Verdict verdict, DealId? deal, CustomerId? customer, CancellationToken ct)
    {
        var reads = new Reads(Connection).Lock(
            """
            insert into refusals (deal_id, customer_id, kind, to_place, occurred_at, by_user, channel, rule_set, verdict)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning 1
            """,
            Reads.Or(deal?.Value),
            Reads.Or(customer?.Value),
            (short)verdict.Kind,
            Reads.Or((short?)verdict.To),
            Now.UtcDateTime,
            Reads.Or(Actor.Id?.Value),
            (short)Actor.Channel,
            Rules.Version,
            new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb, Value = System.Text.Json.JsonSerializer.Serialize(verdict, WireNames.Json) });
        await (_open ? reads.Do("commit") : reads).Run(ct);
        _open = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (_open && Connection.State == System.Data.ConnectionState.Open)
        {
            _open = false;
            await using var rollback = new NpgsqlCommand("rollback", Connection);
            await rollback.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private Reads Locked(SceneRequest wanted)
    {
        var reads = new Reads(Connection);
        if (db.Database.CurrentTransaction is null)
        {
            _open = true;
            reads.Do("begin");
        }

        if (wanted.Refers)
        {
            reads.Lock("select pg_advisory_xact_lock($1)", Locks.Referrers);
        }

        return reads
            .Lock("select pg_advisory_xact_lock_shared($1), pg_advisory_xact_lock_shared($2)", Locks.Rules, Locks.Rights)
            .Lock(Customers, Reads.Or(wanted.Customer?.Value), Reads.Or(wanted.Deal?.Value), Reads.Or(wanted.Follower?.Value))
            .Lock("select 1 from deals where id = $1 or id = $2 order by id for no key update", Reads.Or(wanted.Deal?.Value), Reads.Or(wanted.Follower?.Value));
    }

    private void Facts(Reads reads, SceneRequest wanted)
    {
        var caller = actors.Same;
        reads.Queue(ActorSource.Statement(caller), row => actors.Take(caller, row));
        if (wanted.Deal is { } deal)
        {
            DealSide.AddTo(reads, deal, Actor, Past, Catalog, side => Deal = side);
        }

        CustomerSide.AddTo(reads, wanted.Customer, wanted.Deal, Actor, Past, Catalog, side => Customer = side);
        if (wanted.Follower is { } follower)
        {
            CustomerSide.AddTo(reads, null, follower, Actor, Past, Catalog, side => FollowersCustomer = side);
        }

        wanted.More?.Invoke(reads, Catalog);
        if (wanted.Refers)
        {
            reads.Add(Referrers, row => Chain.Add(new CustomerId(row.GetGuid(0))), Reads.Or(wanted.Deal?.Value));
        }

        reads.Add(Checks, Check, Reads.Or(Actor.Id?.Value));
        Known.AddTo(reads, wanted.Fields, wanted.LossCode, wanted.OverrideCode);
        reads.Add(
            Place,
            row => Rank = row.Text(0) is { } below ? Domain.Rank.Between(row.Text(1), below)
                : row.Text(2) is { } above ? Domain.Rank.Between(above, row.Text(3))
                : Domain.Rank.Above(row.Text(4)),
            Reads.Or((short?)wanted.TargetStage),
            Reads.Or(wanted.Deal?.Value),
            Reads.Or(wanted.PlaceBefore?.Value),
            wanted.Advances ? 1 : 0,
            Reads.Or(wanted.PlaceAfter?.Value),
            Reads.Or(Actor.Sees.Ids));
        if (wanted.Key is { } key && Actor.Id is { } user)
        {
            Operations.AddTo(reads, user, key, (hash, json) => Answered = (hash, json));
        }
    }

    private void Check(NpgsqlDataReader row)
    {
        Recorded = row.GetFieldValue<DateTimeOffset>(0);
        Ids = (row.GetInt64(1), row.GetInt64(2));
        ActorName = row.Text(3);
    }
}

/// <summary>Where tests hold a move between its decision and its write; nothing in production.</summary>
internal sealed class MoveProbe
{
    public Func<CancellationToken, Task>? AfterDecision { get; set; }

    public Task Decided(CancellationToken ct) => AfterDecision?.Invoke(ct) ?? Task.CompletedTask;
}
