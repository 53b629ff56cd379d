using Npgsql;

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
