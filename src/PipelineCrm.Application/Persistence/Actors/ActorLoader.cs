using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Persistence.Actors;

/// <summary>A set of owners of deals, or all of them: what ownership predicates are made of.</summary>
internal sealed record OwnerSet(Guid[]? Ids)
{
    public static readonly OwnerSet All = new((Guid[]?)null);

    public static readonly OwnerSet None = new([]);

    public bool Same(OwnerSet other) => Ids is null ? other.Ids is null : other.Ids is { } ids && Ids.AsSpan().SequenceEqual(ids);

    public bool Contains(UserId owner) => Ids is null || Ids.Contains(owner.Value);
}

/// <summary>What the organisation has set that decisions and reports depend on.</summary>
internal sealed record OrganisationSettings(string TimeZone, string BaseCurrency)
{
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);
}

/// <summary>Loads the actor of the scope's request in one round trip.</summary>
internal sealed class ActorLoader(CrmDbContext db, RequestContext requestContext, RecentActors recent)
{
    /// <summary>Whether a session s of the user u holds.</summary>
    private const string Holds = "s.user_id = u.id and s.stamp = u.security_stamp and s.seen_at > now() - @unused::interval";

    private const string Query = $"""
        with recursive me as (
            select u.id, u.role, u.team_id, u.display_name from users u
            where u.id = @id and u.disabled_at is null and (@session is null or exists (select from sessions s where s.id = @session and {Holds}))),
        tree as (
            select t.id from teams t join me on t.id = me.team_id
            union all
            select c.id from teams c join tree on c.parent_id = tree.id)
        select s.time_zone, s.base_currency, s.reps_read_team, me.role, me.team_id,
               case when me.role in (0, 2) then array(select u.id from users u where u.team_id in (select id from tree)) end,
               case when me.role = 1 and s.reps_read_team then array(select u.id from users u where u.team_id = me.team_id) end,
               me.display_name, {FactCatalogVersion.Columns}
        from settings s left join me on true
        """;

    /// <summary>The actor whose request is being handled.</summary>
    public Actor Current
    {
        get => requestContext.Actor;
        set => requestContext.Actor = value;
    }

    public async Task<Actor> Load(Caller caller, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(db.Connection);
        batch.BatchCommands.Add(Statement(caller));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return Accept(caller, reader);
    }

    /// <summary>The actor by the rights last read, for a request whose handler reads them again under lock; by those of now where they did
    /// not suffice.</summary>
    public async Task<Actor> Assume(Caller caller, AccessLevel access, CancellationToken ct)
    {
        if (recent.Of(caller) is { } known && known.Has(access))
        {
            await db.Database.OpenConnectionAsync(ct);
            return Current = known;
        }

        var actor = await Load(caller, ct);
        recent.Keep(caller, actor);
        return actor;
    }

    /// <summary>Whether the rights as they are now ask for other rows than those that were assumed, which are forgotten then.</summary>
    public bool Correct(Actor assumed)
    {
        if (Current.SeesLike(assumed))
        {
            return false;
        }

        recent.Keep(CallerOf(assumed), Current);
        return true;
    }

    /// <summary>Reads the rights again, e.g. after the lock that keeps them from changing was taken.</summary>
    public Task<Actor> Reload(CancellationToken ct) => Load(Same, ct);

    /// <summary>Whoever acts now, for reading their rights again among other statements.</summary>
    public Caller Same => CallerOf(Current);

    public static NpgsqlBatchCommand Statement(Caller caller) => new(Query)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid?>("id", NpgsqlTypes.NpgsqlDbType.Uuid) { TypedValue = caller.User?.Value },
            new NpgsqlParameter<Guid?>("session", NpgsqlTypes.NpgsqlDbType.Uuid) { TypedValue = caller.Session?.Value },
            new NpgsqlParameter<TimeSpan>("unused", UserSession.Unused),
        },
    };

    /// <summary>Takes the rights from the row of <see cref="Statement"/>.</summary>
    public Actor Accept(Caller caller, NpgsqlDataReader reader) =>
        requestContext.Actor = Read(caller, reader) with
        {
            Session = caller.Session,
            From = caller.From,
            Site = caller.Site,
            Name = reader.GetTextOrNull(7),
            Facts = FactCatalogVersion.Read(reader, 8)
        };

    private static Caller CallerOf(Actor actor) => actor is { Id: null, SignedIn: true }
        ? Caller.Console
        : new Caller(actor.Id, actor.Channel) { Session = actor.Session, From = actor.From, Site = actor.Site };

    private static Actor Read(Caller caller, NpgsqlDataReader reader)
    {
        var organisation = new OrganisationSettings(reader.GetString(0), reader.GetString(1));
        if (caller is { User: null, Channel: Channel.Command })
        {
            return new Actor(null, Role.Admin, caller.Channel, null, OwnerSet.All, OwnerSet.All, organisation);
        }

        if (caller.User is not { } id || reader.IsDBNull(3))
        {
            return new Actor(null, null, caller.Channel, null, OwnerSet.None, OwnerSet.None, organisation);
        }

        var role = (Role)reader.GetInt16(3);
        OwnerSet own = new([id.Value]);
        OwnerSet Other(int column) => reader.IsDBNull(column) ? own
            : new([.. reader.GetFieldValue<Guid[]>(column).Append(id.Value).Distinct()]);
        var (sees, moves) = role switch
        {
            Role.Admin => (OwnerSet.All, OwnerSet.All),
            Role.Manager => (Other(5), Other(5)),
            Role.Rep => (Other(6), own),
            Role.Viewer => (Other(5), OwnerSet.None),
        };
        return new Actor(id, role, caller.Channel, reader.IsDBNull(4) ? null : new TeamId(reader.GetGuid(4)), sees, moves, organisation);
    }
}
