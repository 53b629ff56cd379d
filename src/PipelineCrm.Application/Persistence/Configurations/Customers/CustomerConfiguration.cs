using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.ToTable("customers");
        builder.Property(c => c.Type).Default("2");
        builder.Property(c => c.Placeholder).Default("false");
        builder.Property(c => c.Status).Default("0");
        builder.Property(c => c.Returning).HasColumnName("returning_customer").Default("false");
        builder.Property(c => c.Custom).HasColumnType("jsonb").Default("'{}'::jsonb");
        builder.Property(c => c.Version).Default("1").IsConcurrencyToken();
        builder.HasMany(c => c.Contacts).WithOne().HasForeignKey(c => c.CustomerId);
        builder.HasIndex(c => new { c.Status, c.Id }).HasDatabaseName("customers_status");
        builder.HasIndex(c => c.ExternalKey).IsUnique().HasDatabaseName("customers_external_key");
        builder.HasIndex(c => new { c.ImportId, c.Id }).HasFilter("import_id is not null").HasDatabaseName("customers_import");
    }
}
