using Npgsql;

namespace PipelineCrm.Persistence.Backups;

/// <summary>Makes a database beside another one and lets it take its place. One at a time for each database, since all hold the same
/// lock.</summary>
internal sealed class DatabaseSwap : IAsyncDisposable
{
    private const int RestoreLock = 0x43524D52;

    /// <summary>PostgreSQL's limit, less what is appended.</summary>
    private const int LongestPrefix = 40;

    private static readonly TimeSpan BetweenEnds = TimeSpan.FromMilliseconds(50);

    /// <summary>A session that was closed a moment ago may be on the server still, with its locks.</summary>
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(2);

    private readonly NpgsqlConnection _maintenance;
    private readonly RestoreTarget _target;
    private readonly string _database;
    private readonly string _owner;
    private string? _made;

    private DatabaseSwap(NpgsqlConnection maintenance, RestoreTarget target, string database, string owner) =>
        (_maintenance, _target, _database, _owner) = (maintenance, target, database, owner);

    public int Major => _maintenance.PostgreSqlVersion.Major;

    private string Prefix => _database[..Math.Min(_database.Length, LongestPrefix)];

    /// <exception cref="BackupException">The role may not do it, or another restore is at it.</exception>
    public static async Task<DatabaseSwap> Open(RestoreTarget target, CancellationToken ct)
    {
        var owner = new NpgsqlConnectionStringBuilder(target.Connections.Owner);
        var maintenance = await CrmDatabase.Open(target.Maintenance, ct);
        try
        {
            await CrmDatabase.TakeTime(maintenance, ct);
            var database = owner.Database ?? owner.Username ?? throw new BackupException("The connection string names no database.");
            var swap = new DatabaseSwap(maintenance, target, database, owner.Username ?? maintenance.UserName!);
            await swap.CheckRights(ct);
            await swap.DropLeftBehind();
            return swap;
        }
        catch
        {
            await maintenance.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many connections of others the database has, and keeps.</summary>
    public async Task<int> Sessions(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(BackupSql.Sessions, _maintenance) { Parameters = { new() { Value = _database } } };
        return await Soon(command, 0, ct);
    }

    /// <summary>An empty database like the present one, beside it, reached by the same two roles.</summary>
    public async Task<CrmConnections> Create(CancellationToken ct)
    {
        var name = $"{Prefix}_restore_{Guid.NewGuid():N}"[..(Prefix.Length + 17)];
        if (!await Composed(BackupSql.Create, [_database, name, _owner], ct))
        {
            throw new BackupException($"There is no database {_database} to restore into.");
        }

        _made = name;
        await Composed(BackupSql.SameRights, [_database, name], ct);
        return new(In(_target.Connections.Crm, name), In(_target.Connections.Owner, name));
    }

    /// <summary>
    /// Gives the new database the old one's name, in one transaction. From its first statement on nobody gets into the old one; with force,
    /// whoever is in it is put out meanwhile, without it that is an error.
    /// </summary>
    public async Task Swap(bool force, CancellationToken ct)
    {
        using var swapped = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ending = force ? EndSessions(swapped.Token) : Task.CompletedTask;
        try
        {
            await using var transaction = await _maintenance.BeginTransactionAsync(ct);
            await Composed("select format('alter database %I rename to %I', $1, $2)", [_database, $"{_made}_old"], ct);
            await Composed("select format('alter database %I rename to %I', $1, $2)", [_made!, _database], ct);
            await transaction.CommitAsync(ct);
        }
        finally
        {
            await swapped.CancelAsync();
            await ending;
        }
    }

    /// <summary>The old database after a swap, the new one where there was none. What cannot be dropped now, the next restore
    /// drops.</summary>
    /// <returns>Why something was left; null where nothing was.</returns>
    public async Task<string?> DropLeftBehind()
    {
        try
        {
            await Composed(BackupSql.DropLeftBehind, [Prefix], CancellationToken.None);
            return null;
        }
        catch (NpgsqlException kept)
        {
            return kept.Message;
        }
    }

    public ValueTask DisposeAsync() => _maintenance.DisposeAsync();

    private async Task CheckRights(CancellationToken ct)
    {
        await using (var alone = new NpgsqlCommand("select pg_try_advisory_lock($1, hashtext($2))",
            _maintenance)
        { Parameters = { new() { Value = RestoreLock }, new() { Value = Prefix } } })
        {
            if (!await Soon(alone, true, ct))
            {
                throw new BackupException("Another restore of this database is at work.");
            }
        }

        await using var command = new NpgsqlCommand(BackupSql.Rights, _maintenance) { Parameters = { new() { Value = _database } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (makes, owns) = (reader.GetBoolean(0), reader.GetBoolean(1));
        if (!makes || !owns)
        {
            throw new BackupException(makes
                ? $"The role {_maintenance.UserName} does not own the database {_database}: give its owner as ConnectionStrings__CrmOwner."
                : $"A restore makes a new database, which the role {_maintenance.UserName} may not do: give it the right (alter role … createdb).");
        }
    }

    /// <summary>What the server answers as soon as that is what is wanted, or else at last.</summary>
    private static async Task<T> Soon<T>(NpgsqlCommand command, T wanted, CancellationToken ct) where T : struct
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = (T)(await command.ExecuteScalarAsync(ct))!;
            if (answer.Equals(wanted) || TimeProvider.System.GetElapsedTime(started) > Leaving)
            {
                return answer;
            }

            await Task.Delay(BetweenEnds, ct);
        }
    }

    private async Task EndSessions(CancellationToken swapped)
    {
        await using var connection = await CrmDatabase.Open(_target.Maintenance, CancellationToken.None);
        while (!swapped.IsCancellationRequested)
        {
            await using var command = new NpgsqlCommand(BackupSql.EndSessions, connection) { Parameters = { new() { Value = _database } } };
            await command.ExecuteScalarAsync(CancellationToken.None);
            await Task.Delay(BetweenEnds, swapped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs the statements that the server composed, with every name quoted by it; false where it composed none.</summary>
    private Task<bool> Composed(string compose, string[] names,
        CancellationToken ct) => CrmDatabase.Execute(_maintenance, compose, names, ct);

    private static string In(string connectionString,
        string database) => new NpgsqlConnectionStringBuilder(connectionString) { Database = database, Pooling = false }.ConnectionString;
}
