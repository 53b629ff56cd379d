using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class RuleDraftConfiguration : IEntityTypeConfiguration<RuleDraft>
{
    public void Configure(EntityTypeBuilder<RuleDraft> builder)
    {
        builder.ToTable("rule_draft");
        builder.Property(x => x.Content).HasColumnType("jsonb");
        builder.Property(x => x.Etag).IsConcurrencyToken();
        builder.HasOne<RuleSetVersion>().WithMany().HasForeignKey(x => x.BasedOn);
        builder.Property(x => x.Id).Default("1");
    }
}
