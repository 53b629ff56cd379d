using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class PaymentConfiguration : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> builder)
    {
        builder.ToTable("payments");
        builder.Property(x => x.Version).Default("1");
        builder.Property(x => x.Currency).HasColumnType("char(3)");
        builder.Property(x => x.Amount).HasPrecision(19, 4);
        builder.Property(x => x.Method).HasConversion(m => m.ToWire(), text => WireNames.Parse<PaymentMethod>(text)).HasColumnType("text");
        builder.HasIndex(x => new { x.DealId, x.Id }).HasDatabaseName("payments_deal");
    }
}
