using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> builder)
    {
        builder.ToTable("products");
        builder.Property(x => x.Currency).HasColumnType("char(3)");
        builder.Property(x => x.Price).HasPrecision(19, 4);
        builder.Property(x => x.Version).Default("1").IsConcurrencyToken();
        builder.Property(x => x.Active).Default("true");
    }
}
