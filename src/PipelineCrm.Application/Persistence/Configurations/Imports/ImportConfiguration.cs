using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class ImportConfiguration : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.ToTable("imports");
        builder.Property(x => x.Created).HasColumnType("jsonb");
        builder.Property(x => x.Updated).HasColumnType("jsonb");
    }
}

internal sealed class ImportOverwriteConfiguration : IEntityTypeConfiguration<ImportOverwrite>
{
    public void Configure(EntityTypeBuilder<ImportOverwrite> builder)
    {
        builder.ToTable("import_overwrites");
        builder.HasKey(x => new { x.ImportId, x.Entity, x.EntityId, x.Field });
        builder.Property(x => x.Before).HasColumnType("jsonb");
        builder.Property(x => x.After).HasColumnType("jsonb");
    }
}
