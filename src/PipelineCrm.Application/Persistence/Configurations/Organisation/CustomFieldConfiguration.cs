using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class CustomFieldConfiguration : IEntityTypeConfiguration<CustomFieldRow>
{
    public void Configure(EntityTypeBuilder<CustomFieldRow> builder)
    {
        builder.ToTable("custom_fields");
        builder.HasKey(field => field.Key);
        builder.Property(field => field.Subject).HasConversion<short>();
        builder.Property(field => field.Type).HasConversion<short>();
        builder.Property(field => field.Choices).HasColumnType("jsonb").Default("'[]'::jsonb");
        builder.Property(field => field.Retired).Default("false");
        builder.Property(field => field.Version).Default("1").IsConcurrencyToken();
    }
}
