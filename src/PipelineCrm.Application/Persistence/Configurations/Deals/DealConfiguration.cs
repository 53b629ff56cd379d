using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class DealConfiguration : IEntityTypeConfiguration<Deal>
{
    public void Configure(EntityTypeBuilder<Deal> builder)
    {
        builder.ToTable("deals");
        builder.Property(d => d.StageEntryKnown).Default("true");
        builder.Property(d => d.PausedSeconds).Default("0");
        builder.Property(d => d.Cycle).Default("1");
        builder.Property(d => d.Void).Default("false");
        builder.Property(d => d.Currency).HasColumnType("char(3)");
        builder.Property(d => d.Amount).HasPrecision(19, 4);
        builder.Property(d => d.Rank).UseCollation("C");
        builder.Property(d => d.Custom).HasColumnType("jsonb").Default("'{}'::jsonb");
        builder.Property(d => d.Version).Default("1").IsConcurrencyToken();
        builder.HasOne(d => d.Customer).WithMany(c => c.Deals).HasForeignKey(d => d.CustomerId);
        builder.HasOne(d => d.Owner).WithMany().HasForeignKey(d => d.OwnerId);
        builder.Ignore(d => d.Position);
        Indexes(builder);
    }

    private static void Indexes(EntityTypeBuilder<Deal> builder)
    {
        const string open = "outcome = 0 and not void and archived_at is null";
        builder.HasIndex(d => new { d.Stage, d.Rank, d.Id }).HasFilter(open).HasDatabaseName("deals_board");
        builder.HasIndex(d => new { d.OwnerId, d.Stage, d.Rank, d.Id }).HasFilter(open).HasDatabaseName("deals_board_owner");
        builder.HasIndex(d => new { d.Outcome, d.ClosedAt }).IncludeProperties(d => d.OwnerId)
            .HasFilter("outcome <> 0 and not void and archived_at is null").HasDatabaseName("deals_closed");
        builder.HasIndex(d => new { d.CustomerId, d.Id }).HasDatabaseName("deals_customer");
        builder.HasIndex(d => new { d.OwnerId, d.Id }).HasDatabaseName("deals_owner");
        builder.HasIndex(d => d.PreviousDealId).HasFilter("previous_deal_id is not null").HasDatabaseName("deals_previous");
        builder.HasIndex(d => d.ReferredByDealId).HasFilter("referred_by_deal_id is not null").HasDatabaseName("deals_referred");
        builder.HasIndex(d => d.WonAt).HasFilter("won_at is not null").HasDatabaseName("deals_won");
        const string kept = "not void and archived_at is null";
        builder.HasIndex(d => new { d.Amount, d.Id }).IsDescending(true, false)
            .HasNullSortOrder(NullSortOrder.NullsLast, NullSortOrder.NullsLast).HasFilter(kept).HasDatabaseName("deals_largest");
        builder.HasIndex(d => new { d.ExpectedClose, d.Id }).HasFilter(kept).HasDatabaseName("deals_closing");
        builder.HasIndex(d => new { d.ImportId, d.Id }).HasFilter("import_id is not null").HasDatabaseName("deals_import");
        builder.HasIndex(d => d.ExternalKey).IsUnique().HasFilter("not void").HasDatabaseName("deals_external_key");
    }
}
