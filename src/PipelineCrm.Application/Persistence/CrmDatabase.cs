using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.Persistence;

/// <param name="Crm">The application's role, which owns nothing.</param>
/// <param name="Owner">Owns the database and migrates it; the same as <paramref name="Crm"/> where only one role is given.</param>
public sealed record CrmConnections(string Crm, string Owner)
{
    /// <summary>Connection strings as somebody configured them; without an owner's, the one role is both.</summary>
    public static CrmConnections Given(string crm, string? owner) =>
        new(Complete(crm), Complete(string.IsNullOrEmpty(owner) ? crm : owner));

    /// <summary>Who wants Kerberos says so; asking for it unasked complains on machines that have none.</summary>
    private static string Complete(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.ShouldSerialize("GSS Encryption Mode"))
        {
            builder.GssEncryptionMode = GssEncryptionMode.Disable;
        }
        return builder.ConnectionString;
    }
}

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
    public static async Task ProvisionAsync(
        string adminConnectionString, CrmDatabaseNames names, string ownerPassword, string appPassword, CancellationToken stop)
    {
        await using var connection = await OpenAsync(adminConnectionString, stop);
        await MakeRoleAsync(connection, names.Owner, ownerPassword, stop);
        await MakeRoleAsync(connection, names.App, appPassword, stop);
        await using var exists = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", connection) { Parameters = { new() { Value = names.Database } } };
        if (await exists.ExecuteScalarAsync(stop) is false)
        {
            await MakeDatabaseAsync(connection, names, "template1", stop);
        }
    }

    /// <summary>Makes a database as a copy of another that nobody is connected to.</summary>
    internal static async Task CopyAsync(string adminConnectionString, string template, CrmDatabaseNames names, CancellationToken stop)
    {
        await using var connection = await OpenAsync(adminConnectionString, stop);
        await MakeDatabaseAsync(connection, names, template, stop);
    }

    /// <summary>Applies what is missing and gives the application's role its rights; returns the names of what was applied.</summary>
    /// <param name="beforeChanging">Done, with the names of what is missing, before a database is changed that has data.</param>
    /// <exception cref="DatabaseStartException">A newer program has migrated the database.</exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(
        CrmConnections connections, CancellationToken stop, Func<IReadOnlyList<string>, Task>? beforeChanging = null)
    {
        await using var guard = await OpenAsync(connections.Owner, stop);
        await TakeTimeAsync(guard, stop);
        await using var wait = new NpgsqlCommand("select pg_advisory_lock($1)", guard) { Parameters = { new() { Value = MigrationLock } }, CommandTimeout = 0 };
        await wait.ExecuteNonQueryAsync(stop);
        var applied = await SchemaVersion.AppliedAsync(guard, stop);
        SchemaVersion.RefuseNewer(applied);
        List<string> missing = [.. SchemaVersion.Known.Except(applied)];
        if (missing.Count > 0)
        {
            if (beforeChanging is not null && applied.Count > 0 && await HasDataAsync(guard, stop))
            {
                await beforeChanging(missing);
            }
            await ApplyAsync(connections.Owner, stop);
        }
        if (connections.Owner != connections.Crm)
        {
            await GrantAsync(guard, await RoleOfAsync(connections.Crm, stop), stop);
        }
        return missing;
    }

    public static async Task<CrmDatabaseState> CheckAsync(string connectionString, CancellationToken stop)
    {
        await using var connection = await OpenAsync(connectionString, stop);
        return await CheckAsync(connection, stop);
    }

    internal static async Task<CrmDatabaseState> CheckAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(CrmDatabaseSql.Check, connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        await reader.ReadAsync(stop);
        return new(reader.GetBoolean(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3));
    }

    /// <summary>Whether somebody has begun to work with the database.</summary>
    public static async Task<bool> HasDataAsync(string connectionString, CancellationToken stop)
    {
        await using var connection = await OpenAsync(connectionString, stop);
        return (await SchemaVersion.AppliedAsync(connection, stop)).Count > 0 && await HasDataAsync(connection, stop);
    }

    /// <exception cref="DatabaseStartException">A newer program has migrated the database.</exception>
    public static async Task RefuseNewerAsync(string connectionString, CancellationToken stop)
    {
        await using var connection = await OpenAsync(connectionString, stop);
        SchemaVersion.RefuseNewer(await SchemaVersion.AppliedAsync(connection, stop));
    }

    /// <summary>One sentence for the console about why the database could not be used.</summary>
    public static string Explain(DbException failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } =>
            $"The database is not up to date and this role may not migrate it ({failure.Message}): give ConnectionStrings__CrmOwner.",
        _ => $"The database cannot be used: {failure.Message}",
    };

    private static async Task ApplyAsync(string connectionString, CancellationToken stop)
    {
        // Migrations are SQL, the model has no part in them: whether it fits, a test tells, not a start. The table of those that were applied
        // has had its names since the first one, so none are converted here.
        var options = new DbContextOptionsBuilder<CrmDbContext>()
            .UseNpgsql(Unpooled(connectionString))
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
        await using var context = new CrmDbContext(options);
        // What is worked out for a large ledger takes minutes, and nobody waits for it but the start.
        context.Database.SetCommandTimeout(0);
        await context.Database.MigrateAsync(stop);
    }

    private static async Task<bool> HasDataAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("select exists (select from users) or exists (select from customers)", connection);
        return await command.ExecuteScalarAsync(stop) is true;
    }

    private static async Task MakeDatabaseAsync(NpgsqlConnection connection, CrmDatabaseNames names, string template, CancellationToken stop)
    {
        await ExecuteAsync(
            connection, "select format('create database %I owner %I template %I strategy file_copy', $1, $2, $3)", [names.Database, names.Owner, template], stop);
        await ExecuteAsync(connection, "select format('revoke all on database %I from public', $1)", [names.Database], stop);
        await ExecuteAsync(connection, "select format('grant connect, temporary on database %I to %I', $1, $2)", [names.Database, names.App], stop);
    }

    private static async Task MakeRoleAsync(NpgsqlConnection connection, string role, string password, CancellationToken stop)
    {
        await using var exists = new NpgsqlCommand("select exists (select from pg_roles where rolname = $1)", connection) { Parameters = { new() { Value = role } } };
        if (await exists.ExecuteScalarAsync(stop) is false)
        {
            await ExecuteAsync(
                connection, "select format('create role %I login nosuperuser nocreatedb nocreaterole password %L', $1, $2)", [role, password], stop);
        }
    }

    private static async Task<string> RoleOfAsync(string connectionString, CancellationToken stop)
    {
        await using var connection = await OpenAsync(connectionString, stop);
        await using var command = new NpgsqlCommand("select current_user::text", connection);
        return (string)(await command.ExecuteScalarAsync(stop))!;
    }

    private static async Task GrantAsync(NpgsqlConnection connection, string appRole, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var name = new NpgsqlCommand("select set_config('pipelinecrm.app_role', $1, true)", connection) { Parameters = { new() { Value = appRole } } };
        await name.ExecuteNonQueryAsync(stop);
        await using var grant = new NpgsqlCommand(CrmDatabaseSql.Grant, connection);
        await grant.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>
    /// Runs the statements that the server composes; false where it composes none. Names and passwords cannot be parameters of them: the server itself quotes them.
    /// </summary>
    [SuppressMessage("Security", "CA2100", Justification = "The text is composed by the server's format() with %I and %L.")]
    internal static async Task<bool> ExecuteAsync(NpgsqlConnection connection, string format, string[] arguments, CancellationToken stop)
    {
        await using var compose = new NpgsqlCommand(format, connection);
        foreach (var argument in arguments)
        {
            compose.Parameters.Add(new() { Value = argument });
        }
        var statements = new List<string>();
        await using (var reader = await compose.ExecuteReaderAsync(stop))
        {
            while (await reader.ReadAsync(stop))
            {
                statements.Add(reader.GetString(0));
            }
        }
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(stop);
        }
        return statements.Count > 0;
    }

    /// <summary>Locks and settings of a session end with it, and nothing stays connected to a database that is a template.</summary>
    private static string Unpooled(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    /// <summary>A session of a command that takes as long as it takes, whatever is set for everybody else.</summary>
    internal static async Task TakeTimeAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0", connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    internal static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken stop)
    {
        var connection = new NpgsqlConnection(Unpooled(connectionString));
        try
        {
            await connection.OpenAsync(stop);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
