using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PipelineCrm.Persistence.Configurations;

/// <summary>What the schema says besides, so that model and schema can be compared.</summary>
internal static class SchemaDefaults
{
    /// <summary>What a column holds that a statement written by hand leaves out. Entities always say what they hold: their value is
    /// written, never the default.</summary>
    public static PropertyBuilder<T> Default<T>(this PropertyBuilder<T> property, string sql)
    {
        property.HasDefaultValueSql(sql).ValueGeneratedNever();
        return property;
    }
}
