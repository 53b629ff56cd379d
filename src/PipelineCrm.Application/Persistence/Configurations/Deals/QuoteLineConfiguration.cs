using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class QuoteLineConfiguration : IEntityTypeConfiguration<QuoteLine>
{
    public void Configure(EntityTypeBuilder<QuoteLine> builder)
    {
        builder.ToTable("quote_lines");
        builder.HasKey(x => new { x.QuoteId, x.Position });
        builder.Property(x => x.Quantity).HasPrecision(19, 4);
        builder.Property(x => x.Price).HasPrecision(19, 4);
        builder.Property(x => x.DiscountPercent).HasPrecision(5, 2).Default("0");
    }
}
