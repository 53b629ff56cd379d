using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class TransitionConfiguration : IEntityTypeConfiguration<Transition>
{
    public void Configure(EntityTypeBuilder<Transition> builder)
    {
        builder.ToTable("transitions");
        builder.Property(x => x.Conditions).HasColumnType("jsonb").Default("'[]'");
        builder.Property(x => x.Override).HasColumnType("jsonb");
        builder.Property(x => x.Before).HasColumnType("jsonb").Default("'{}'");
        builder.Property(x => x.EntryKnown).Default("true");
        builder.Ignore(x => x.From);
        builder.Ignore(x => x.To);
        builder.HasIndex(x => new { x.DealId, x.Seq }).IsUnique().HasDatabaseName("transitions_deal_id_seq_key");
        builder.HasIndex(x => x.Undoes, "transitions_undoes_key").IsUnique().HasDatabaseName("transitions_undoes_key");
        builder.HasIndex(x => x.Undoes, "transitions_undone").HasFilter("undoes is not null").HasDatabaseName("transitions_undone");
        builder.HasIndex(x => new { x.OccurredAt, x.DealId })
            .IncludeProperties(x => new { x.Kind, x.FromStage, x.ToStage, x.ToOutcome, x.CountedFrom, x.CountedTo })
            .HasDatabaseName("transitions_occurred");
        builder.HasIndex(x => new { x.CountedTo, x.OccurredAt })
            .IncludeProperties(x => new { x.DealId, x.CountedFrom }).HasFilter("counted_to is not null")
            .HasDatabaseName("transitions_counted");
    }
}
