using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class DealConfiguration : IEntityTypeConfiguration<Deal>
{
    public void Configure(EntityTypeBuilder<Deal> builder)
    {
        builder.ToTable("deals");
        builder.Property(d => d.Title).HasMaxLength(Deal.TitleLength);
        builder.Property(d => d.Currency).HasColumnType("char(3)");
        builder.Property(d => d.Amount).HasPrecision(19, 4);
        builder.Property(d => d.Rank).UseCollation("C");
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasOne(d => d.Customer).WithMany(c => c.Deals).HasForeignKey(d => d.CustomerId);
        builder.HasOne(d => d.Owner).WithMany().HasForeignKey(d => d.OwnerId);
        builder.Ignore(d => d.Position);
    }
}
