using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.Persistence;

/// <summary>What the database and its two roles are called.</summary>
/// <param name="Owner">Owns the tables and migrates them.</param>
/// <param name="App">Whom the application works as.</param>
public sealed record CrmDatabaseNames(string Database = "pipelinecrm", string Owner = "pipelinecrm_owner", string App = "pipelinecrm_app");

/// <param name="TwoRoles">The application's role owns nothing, so it cannot switch off what protects the ledger.</param>
public sealed record CrmDatabaseState(bool TwoRoles, bool Fsync, bool FullPageWrites, bool SynchronousCommit)
{
    public bool Durable => Fsync && FullPageWrites && SynchronousCommit;
}

/// <summary>Makes, migrates and examines the product's database.</summary>
public static class CrmDatabase
{
    private const long MigrationLock = 0x43524D;

    /// <summary>Makes both roles and the database where they are missing. Roles that exist keep their passwords.</summary>
    public static async Task Provision(
        string adminConnectionString, CrmDatabaseNames names, string ownerPassword, string appPassword, CancellationToken ct)
    {
        await using var connection = await Open(adminConnectionString, ct);
        await MakeRole(connection, names.Owner, ownerPassword, ct);
        await MakeRole(connection, names.App, appPassword, ct);
        await using var exists = new NpgsqlCommand("select exists (select from pg_database where datname = $1)",
            connection)
        { Parameters = { new() { Value = names.Database } } };
        if (await exists.ExecuteScalarAsync(ct) is false)
        {
            await MakeDatabase(connection, names, "template1", ct);
        }
    }

    /// <summary>Makes a database as a copy of another that nobody is connected to.</summary>
    internal static async Task Copy(string adminConnectionString, string template, CrmDatabaseNames names, CancellationToken ct)
    {
        await using var connection = await Open(adminConnectionString, ct);
        await MakeDatabase(connection, names, template, ct);
    }

    /// <summary>Applies what is missing and gives the application's role its rights; returns the names of what was applied.</summary>
    /// <param name="beforeChanging">Done, with the names of what is missing, before a database is changed that has data.</param>
    /// <exception cref="DatabaseStartException">A newer program has migrated the database.</exception>
    public static async Task<IReadOnlyList<string>> Migrate(
        CrmConnections connections, CancellationToken ct, Func<IReadOnlyList<string>, Task>? beforeChanging = null)
    {
        await using var guard = await Open(connections.Owner, ct);
        await TakeTime(guard, ct);
        await using var wait = new NpgsqlCommand("select pg_advisory_lock($1)", guard)
        {
            Parameters = { new() { Value = MigrationLock } },
            CommandTimeout = 0
        };
        await wait.ExecuteNonQueryAsync(ct);
        var applied = await SchemaVersion.Applied(guard, ct);
        SchemaVersion.RefuseNewer(applied);
        List<string> missing = [.. SchemaVersion.Known.Except(applied)];
        if (missing.Count > 0)
        {
            if (beforeChanging is not null && applied.Count > 0 && await HasData(guard, ct))
            {
                await beforeChanging(missing);
            }
            await Apply(connections.Owner, ct);
        }
        if (connections.Owner != connections.Crm)
        {
            await Grant(guard, await RoleOf(connections.Crm, ct), ct);
        }
        return missing;
    }

    public static async Task<CrmDatabaseState> Check(string connectionString, CancellationToken ct)
    {
        await using var connection = await Open(connectionString, ct);
        return await Check(connection, ct);
    }

    internal static async Task<CrmDatabaseState> Check(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(CrmDatabaseSql.Check, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new(reader.GetBoolean(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3));
    }

    /// <summary>Whether somebody has begun to work with the database.</summary>
    public static async Task<bool> HasData(string connectionString, CancellationToken ct)
    {
        await using var connection = await Open(connectionString, ct);
        return (await SchemaVersion.Applied(connection, ct)).Count > 0 && await HasData(connection, ct);
    }

    /// <exception cref="DatabaseStartException">A newer program has migrated the database.</exception>
    public static async Task RefuseNewer(string connectionString, CancellationToken ct)
    {
        await using var connection = await Open(connectionString, ct);
        SchemaVersion.RefuseNewer(await SchemaVersion.Applied(connection, ct));
    }

    /// <summary>One sentence for the console about why the database could not be used.</summary>
    public static string Explain(DbException failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } =>
            $"The database is not up to date and this role may not migrate it ({failure.Message}): give ConnectionStrings__CrmOwner.",
        _ => $"The database cannot be used: {failure.Message}",
    };

    private static async Task Apply(string connectionString, CancellationToken ct)
    {
        // Migrations are SQL, the model has no part in them: whether it fits, a test tells, not a start. The table of those that were
        // applied has had its names since the first one, so none are converted here.
        var options = new DbContextOptionsBuilder<CrmDbContext>()
            .UseNpgsql(Unpooled(connectionString))
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
        await using var context = new CrmDbContext(options);
        // What is worked out for a large ledger takes minutes, and nobody waits for it but the start.
        context.Database.SetCommandTimeout(0);
        await context.Database.MigrateAsync(ct);
    }

    private static async Task<bool> HasData(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select exists (select from users) or exists (select from customers)", connection);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async Task MakeDatabase(NpgsqlConnection connection, CrmDatabaseNames names, string template, CancellationToken ct)
    {
        await Execute(
            connection, "select format('create database %I owner %I template %I strategy file_copy', $1, $2, $3)",
            [names.Database, names.Owner, template], ct);
        await Execute(connection, "select format('revoke all on database %I from public', $1)", [names.Database], ct);
        await Execute(connection, "select format('grant connect, temporary on database %I to %I', $1, $2)", [names.Database, names.App],
            ct);
    }

    private static async Task MakeRole(NpgsqlConnection connection, string role, string password, CancellationToken ct)
    {
        await using var exists = new NpgsqlCommand("select exists (select from pg_roles where rolname = $1)",
            connection)
        { Parameters = { new() { Value = role } } };
        if (await exists.ExecuteScalarAsync(ct) is false)
        {
            await Execute(
                connection, "select format('create role %I login nosuperuser nocreatedb nocreaterole password %L', $1, $2)",
                [role, password], ct);
        }
    }

    private static async Task<string> RoleOf(string connectionString, CancellationToken ct)
    {
        await using var connection = await Open(connectionString, ct);
        await using var command = new NpgsqlCommand("select current_user::text", connection);
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task Grant(NpgsqlConnection connection, string appRole, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var name = new NpgsqlCommand("select set_config('pipelinecrm.app_role', $1, true)",
            connection)
        { Parameters = { new() { Value = appRole } } };
        await name.ExecuteNonQueryAsync(ct);
        await using var grant = new NpgsqlCommand(CrmDatabaseSql.Grant, connection);
        await grant.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>
    /// Runs the statements that the server composes; false where it composes none. Names and passwords cannot be parameters of them: the
    /// server itself quotes them.
    /// </summary>
    [SuppressMessage("Security", "CA2100", Justification = "The text is composed by the server's format() with %I and %L.")]
    internal static async Task<bool> Execute(NpgsqlConnection connection, string format, string[] arguments, CancellationToken ct)
    {
        await using var compose = new NpgsqlCommand(format, connection);
        foreach (var argument in arguments)
        {
            compose.Parameters.Add(new() { Value = argument });
        }
        var statements = new List<string>();
        await using (var reader = await compose.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                statements.Add(reader.GetString(0));
            }
        }
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
        return statements.Count > 0;
    }

    /// <summary>Locks and settings of a session end with it, and nothing stays connected to a database that is a template.</summary>
    private static string Unpooled(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    /// <summary>A session of a command that takes as long as it takes, whatever is set for everybody else.</summary>
    internal static async Task TakeTime(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command =
            new NpgsqlCommand("set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0", connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    internal static async Task<NpgsqlConnection> Open(string connectionString, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(Unpooled(connectionString));
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
