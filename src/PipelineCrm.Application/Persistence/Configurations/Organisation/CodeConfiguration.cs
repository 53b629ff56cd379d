using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class CodeConfiguration : IEntityTypeConfiguration<Code>
{
    public void Configure(EntityTypeBuilder<Code> builder)
    {
        builder.ToTable("codes");
        builder.Property(x => x.Value).HasColumnName("code");
        builder.Property(x => x.Active).Default("true");
        builder.HasIndex(x => new { x.Kind, x.Value }).IsUnique().HasDatabaseName("codes_kind_code_key");
    }
}
