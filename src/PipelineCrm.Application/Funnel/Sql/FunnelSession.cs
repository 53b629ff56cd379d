using System.Data;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;

namespace PipelineCrm.Funnel;

/// <summary>One report's questions, all answered from the same snapshot of the database.</summary>
internal sealed class FunnelSession : IAsyncDisposable
{
    /// <summary>
    /// A report reads millions of rows once: room to gather them, a plan for these very values (most filters are off),
    /// all workers where what they hand on is little, and no machine code, which takes longer to make than to do without.
    /// </summary>
    private static readonly string SessionSettings =
        $"set local statement_timeout = '{CommandTimeout}s'; set local work_mem = '64MB'; set local plan_cache_mode = force_custom_plan; set local parallel_tuple_cost = 0.02; set local jit = off";

    /// <summary>Deals that changed since the projection was updated (<see cref="FunnelProjection"/>).</summary>
    private const string Changed = "select coalesce(array_agg(distinct deal_id), '{}') from funnel_changed";

    /// <summary>Seconds; a report may take longer than a move.</summary>
    private const int CommandTimeout = 120;

    private readonly NpgsqlConnection _connection;
    private readonly IDbContextTransaction _transaction;
    private readonly FunnelReport _report;
    private readonly ConditionSql? _facts;
    private readonly Actor _viewer;
    private Guid[]? _members;
    private Guid[] _changed = [];

    private FunnelSession(NpgsqlConnection connection, IDbContextTransaction transaction, FunnelReport report, ConditionSql? facts,
        Actor viewer) =>
        (_connection, _transaction, _report, _facts, _viewer) = (connection, transaction, report, facts, viewer);

    public static async Task<FunnelSession> Open(CrmDbContext db, FunnelReport report, ConditionSql? facts, Actor viewer,
        CancellationToken ct)
    {
        var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await db.Database.ExecuteSqlRawAsync(SessionSettings, ct);
        var session = new FunnelSession(db.Connection, transaction, report, facts, viewer);
        session._changed = (await session.Read(Changed, row => row.GetFieldValue<Guid[]>(0), ct)).Single();
        if (report.Team is not null)
        {
            session._members = [.. await session.Read(FunnelSql.Members, row => row.GetGuid(0), ct)];
        }

        return session;
    }

    /// <param name="sql">One of the texts of <see cref="FunnelSql"/> or <see cref="FunnelNumbersSql"/>.</param>
    [SuppressMessage("Security", "CA2100", Justification = "Constants; every value is a parameter.")]
    public async Task<List<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> row, CancellationToken ct, params NpgsqlParameter[] more)
    {
        await using var command = new NpgsqlCommand(FunnelSql.Filtered(sql, _facts), _connection) { CommandTimeout = CommandTimeout };
        AddTo(command.Parameters);
        command.Parameters.AddRange(more);
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    public static NpgsqlParameter Value(string name, NpgsqlDbType type, object? value) => new(name, type) { Value = value ?? DBNull.Value };

    public ValueTask DisposeAsync() => _transaction.DisposeAsync();

    private void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(Value("sees", NpgsqlDbType.Array | NpgsqlDbType.Uuid, _viewer.Sees.Ids));
        parameters.Add(Value("members", NpgsqlDbType.Array | NpgsqlDbType.Uuid, _members));
        parameters.Add(Value("changed", NpgsqlDbType.Array | NpgsqlDbType.Uuid, _changed));
        parameters.Add(Value("team", NpgsqlDbType.Uuid, _report.Team?.Value));
        parameters.Add(Value("owner", NpgsqlDbType.Uuid, _report.Owner?.Value));
        parameters.Add(Value("source", NpgsqlDbType.Text, _report.Source));
        parameters.Add(Value("from", NpgsqlDbType.TimestampTz, _report.From));
        parameters.Add(Value("to", NpgsqlDbType.TimestampTz, _report.To));
        parameters.Add(Value("past", NpgsqlDbType.TimestampTz, _report.Past));
        parameters.Add(Value("instant", NpgsqlDbType.TimestampTz, _report.Instant));
        if (_facts is not null)
        {
            _facts.AddTo(parameters);
            parameters.Add(Value("today", NpgsqlDbType.Date, _viewer.Organisation.DayOf(_report.Instant)));
            parameters.Add(Value("zone", NpgsqlDbType.Text, _viewer.Organisation.TimeZone));
        }

        parameters.Add(Value("base", NpgsqlDbType.Char, _viewer.Organisation.BaseCurrency));
    }
}
