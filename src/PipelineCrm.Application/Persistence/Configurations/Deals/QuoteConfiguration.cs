using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class QuoteConfiguration : IEntityTypeConfiguration<Quote>
{
    public void Configure(EntityTypeBuilder<Quote> builder)
    {
        builder.ToTable("quotes");
        builder.Property(x => x.Version).Default("1");
        builder.Property(x => x.Currency).HasColumnType("char(3)");
        builder.HasMany(x => x.Lines).WithOne().HasForeignKey(x => x.QuoteId);
        builder.HasIndex(x => new { x.DealId, x.Id }).HasDatabaseName("quotes_deal");
    }
}
