using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>
/// The first of a move's two batches: takes the locks, then reads everything that the decision looks at, so that nothing of it
/// can change before the commit. A lock and the read that it protects are never the same statement.
/// </summary>
internal sealed class MoveTransaction(
    CrmDbContext db, ActorLoader actors, RequestContext requestContext, RuleSetCache ruleSets, FactCatalogCache catalogs,
    LedgerWriter writer, MoveTestHook hook)
    : IAsyncDisposable
{
    private const string ItsCustomer = "select 1 from customers where id = (select customer_id from deals where id = $1) for no key update";

    /// <summary>One list of ids: "id = $1 or id in (…)" would walk through all customers.</summary>
    private const string Customers = """
        select 1 from customers where id = any(array(select customer_id from deals where id = any(array[$2, $3])) || $1) order by id for no key update
        """;

    /// <summary>With what no lock protects: the transaction's time, and numbers for what the move may write.</summary>
    private const string Begun = """
        select pg_advisory_xact_lock_shared($1), pg_advisory_xact_lock_shared($2),
               transaction_timestamp(), nextval('transitions_id_seq'), nextval('transitions_id_seq')
        """;

    /// <summary>Of cards that the mover sees: the rank of the card to lie above and of the one over it, of the card to lie under and of the
    /// one below it, and the topmost.</summary>
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

    /// <summary>The instant that the move is recorded with: only demo and import give another than now.</summary>
    public DateTimeOffset Now => Past ?? Recorded;

    private DateTimeOffset? Past => Actor.Channel is Channel.Demo or Channel.Import ? requestContext.OccurredAtOverride : null;

    public DateOnly Today => Actor.Organisation.DayOf(Now);
    public DealSnapshot? Deal { get; private set; }
    public CustomerSnapshot? Customer { get; private set; }

    /// <summary>For undo: the customer of the deal that the move opened.</summary>
    public CustomerSnapshot? FollowersCustomer { get; private set; }

    /// <summary>For refer: the deal's customer and those whom it was referred by, directly or further back.</summary>
    public HashSet<CustomerId> Chain { get; } = [];
    public (long First, long Second) Ids { get; private set; }
    public ChoiceLookup Known { get; } = new();
    public bool KnownLoss { get; private set; }
    public bool KnownOverride { get; private set; }
    public StoredCommandAnswer? StoredAnswer { get; private set; }
    public string Rank { get; private set; } = "";

    public async Task Begin(MoveInputs inputs, CancellationToken ct)
    {
        Connection = db.Connection;
        var assumed = Actor;
        var batch = Locked(inputs);
        RuleSetKey inForce = default;
        RuleSetCache.AddInForce(batch, (key, _) => inForce = key);
        Catalog = catalogs.Last;
        Facts(batch, inputs);
        await batch.Run(ct);
        var inUse = await catalogs.Load(Connection, Actor.Facts, ct);
        if (actors.Correct(assumed) || inUse != Catalog)
        {
            // Other rights or fields than this process knew: what was read by them is read again, under the same locks.
            Catalog = inUse;
            (Deal, Customer, FollowersCustomer) = (null, null, null);
            batch = new SqlBatch(Connection);
            Facts(batch, inputs);
            await batch.Run(ct);
        }

        if (StoredAnswer is { Expired: true })
        {
            await IdempotentCommands.Release(Connection, Actor.Id!.Value, inputs.Key!, ct);
            StoredAnswer = null;
        }

        KnownLoss = inputs.LossCode is null || Known.Codes.Contains((Code.Loss, inputs.LossCode));
        KnownOverride = inputs.OverrideCode is null || Known.Codes.Contains((Code.OverrideReason, inputs.OverrideCode));
        Rules = await ruleSets.Load(Connection, inForce, ct);
        await hook.Decided(ct);
    }

    /// <summary>The fields of the request, found sound by the catalogue and by what the database knows.</summary>
    /// <param name="prefix">Path of the fields in the request, ending in a point; empty at its root.</param>
    /// <param name="before">The deal that they are sent for; <paramref name="basis"/>: what they are written onto, null: the same.</param>
    public Result<SubmittedFields> Read(MoveFields fields, FactValues before, string prefix, FactValues? basis = null)
    {
        var sent = SubmittedFields.Read(fields, Catalog, FactSubject.Deal, before, Actor.Organisation.BaseCurrency, prefix);
        return sent.Ok && sent.Value.Invalid(before, basis ?? before, Known, Actor.Organisation.BaseCurrency, prefix) is { } unfit ? unfit
            : sent;
    }

    /// <summary>What the owner is called that the deal is given to; null where it is given to nobody else.</summary>
    public string? NameOf(UserId owner) => Known.People.GetValueOrDefault(owner.ToString())?.Name;

    /// <summary>The second batch: one statement and the commit.</summary>
    public async Task<WriteResult> Write(LedgerBatch moves, CancellationToken ct)
    {
        var written = await writer.Write(moves, Catalog, ends: _open, ct);
        _open = _open && written == WriteResult.KeyReused;
        return written;
    }

    /// <summary>Keeps that a move was refused; nothing else was written.</summary>
    public async Task Refuse(Verdict verdict, DealId? deal, CustomerId? customer, CancellationToken ct)
    {
        var batch = new SqlBatch(Connection).Lock(
            """
            insert into refusals (deal_id, customer_id, kind, to_place, occurred_at, by_user, channel, rule_set, verdict)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning 1
            """,
            SqlBatch.OrNull(deal?.Value),
            SqlBatch.OrNull(customer?.Value),
            (short)verdict.Kind,
            SqlBatch.OrNull((short?)verdict.To),
            Now.UtcDateTime,
            SqlBatch.OrNull(Actor.Id?.Value),
            (short)Actor.Channel,
            Rules.Version,
            new NpgsqlParameter
            {
                NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb,
                Value = System.Text.Json.JsonSerializer.Serialize(verdict, WireNames.Json)
            });
        await (_open ? batch.Execute("commit") : batch).Run(ct);
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

    private SqlBatch Locked(MoveInputs inputs)
    {
        var batch = new SqlBatch(Connection);
        if (db.Database.CurrentTransaction is null)
        {
            _open = true;
            batch.Execute("begin");
        }

        if (inputs.Refers)
        {
            batch.Lock("select pg_advisory_xact_lock($1)", AdvisoryLocks.Referrers);
        }

        batch.Query(Begun, Accept, AdvisoryLocks.Rules, AdvisoryLocks.Rights);
        if (inputs is { Deal: { } only, Customer: null, Follower: null })
        {
            // One row each, said so that the server goes by the keys also where it has seen few rows so far.
            return batch.Lock(ItsCustomer, only.Value).Lock("select 1 from deals where id = $1 for no key update", only.Value);
        }

        return batch
            .Lock(Customers, SqlBatch.OrNull(inputs.Customer?.Value), SqlBatch.OrNull(inputs.Deal?.Value),
                SqlBatch.OrNull(inputs.Follower?.Value))
            .Lock("select 1 from deals where id = any(array[$1, $2]) order by id for no key update", SqlBatch.OrNull(inputs.Deal?.Value),
                SqlBatch.OrNull(inputs.Follower?.Value));
    }

    private void Facts(SqlBatch batch, MoveInputs inputs)
    {
        var caller = actors.Same;
        batch.Enqueue(ActorLoader.Statement(caller), row => actors.Accept(caller, row));
        if (inputs.Deal is { } deal)
        {
            DealSnapshot.AddTo(batch, deal, Actor, Past, Catalog, snapshot => Deal = snapshot);
        }

        CustomerSnapshot.AddTo(batch, inputs.Customer, inputs.Deal, Actor, Past, Catalog, snapshot => Customer = snapshot);
        if (inputs.Follower is { } follower)
        {
            CustomerSnapshot.AddTo(batch, null, follower, Actor, Past, Catalog, snapshot => FollowersCustomer = snapshot);
        }

        inputs.AlsoRead?.Invoke(batch, Catalog);
        if (inputs.Refers)
        {
            batch.Query(Referrers, row => Chain.Add(new CustomerId(row.GetGuid(0))), SqlBatch.OrNull(inputs.Deal?.Value));
        }

        Known.AddTo(batch, inputs.Fields, inputs.LossCode, inputs.OverrideCode);
        batch.Query(
            Place,
            row => Rank = row.GetTextOrNull(0) is { } below ? Domain.Rank.Between(row.GetTextOrNull(1), below)
                : row.GetTextOrNull(2) is { } above ? Domain.Rank.Between(above, row.GetTextOrNull(3))
                : Domain.Rank.Above(row.GetTextOrNull(4)),
            SqlBatch.OrNull((short?)inputs.TargetStage),
            SqlBatch.OrNull(inputs.Deal?.Value),
            SqlBatch.OrNull(inputs.PlaceBefore?.Value),
            inputs.Advances ? 1 : 0,
            SqlBatch.OrNull(inputs.PlaceAfter?.Value),
            SqlBatch.OrNull(Actor.Sees.Ids));
        if (inputs.Key is { } key && Actor.Id is { } user)
        {
            IdempotentCommands.AddTo(batch, user, key, answer => StoredAnswer = answer);
        }
    }

    private void Accept(NpgsqlDataReader row)
    {
        Recorded = row.GetFieldValue<DateTimeOffset>(2);
        Ids = (row.GetInt64(3), row.GetInt64(4));
    }
}

/// <summary>Where tests hold a move between its decision and its write; nothing in production.</summary>
internal sealed class MoveTestHook
{
    public Func<CancellationToken, Task>? AfterDecision { get; set; }

    public Task Decided(CancellationToken ct) => AfterDecision?.Invoke(ct) ?? Task.CompletedTask;
}
