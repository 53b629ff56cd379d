using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class HistoryEntryConfiguration : IEntityTypeConfiguration<HistoryEntry>
{
    public void Configure(EntityTypeBuilder<HistoryEntry> builder)
    {
        builder.ToTable("history");
        builder.Property(x => x.Before).HasColumnType("jsonb");
        builder.Property(x => x.After).HasColumnType("jsonb");
        builder.HasIndex(x => new { x.EntityId, x.Field, x.OccurredAt, x.Id }).HasDatabaseName("history_entity");
        builder.HasIndex(x => new { x.DealId, x.Version }).HasFilter("deal_id is not null").HasDatabaseName("history_deal");

        // What is not said, is now: the database's transaction time.
        builder.Property(x => x.OccurredAt).HasDefaultValueSql("transaction_timestamp()");
        builder.Property(x => x.RecordedAt).HasDefaultValueSql("transaction_timestamp()");
        builder.Property(x => x.WriteId).HasDefaultValueSql("current_write()");
    }
}
