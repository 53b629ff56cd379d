using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class TransitionConfiguration : IEntityTypeConfiguration<Transition>
{
    public void Configure(EntityTypeBuilder<Transition> builder)
    {
        builder.ToTable("transitions");
        builder.Property(x => x.Conditions).HasColumnType("jsonb");
        builder.Property(x => x.Override).HasColumnType("jsonb");
        builder.Property(x => x.Before).HasColumnType("jsonb");
        builder.Ignore(x => x.From);
        builder.Ignore(x => x.To);
    }
}
