using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class OutboxEntryConfiguration : IEntityTypeConfiguration<OutboxEntry>
{
    public void Configure(EntityTypeBuilder<OutboxEntry> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(x => new { x.Xid, x.Subject, x.SubjectId });
        builder.Property(x => x.Xid).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
        builder.Property(x => x.Id).UseIdentityByDefaultColumn();
        builder.Property(x => x.WriteId).HasDefaultValueSql("current_write()");
        builder.Property(x => x.At).HasDefaultValueSql("clock_timestamp()");
    }
}
