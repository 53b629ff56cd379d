using Npgsql;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>Which custom fields there are: every change of one raises the number; the instant tells apart equal numbers of a restored
/// database.</summary>
internal readonly record struct FactCatalogVersion(long Number, DateTimeOffset? ChangedAt)
{
    /// <summary>Two columns of a select that reads something else.</summary>
    public const string Columns =
        "(select coalesce(sum(f.version), 0)::bigint from custom_fields f), (select max(f.changed_at) from custom_fields f)";

    public static FactCatalogVersion Read(NpgsqlDataReader row,
        int column) => new(row.GetInt64(column), row.GetOrNull<DateTimeOffset>(column + 1));
}
