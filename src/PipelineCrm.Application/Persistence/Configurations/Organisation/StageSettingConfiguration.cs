using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class StageSettingConfiguration : IEntityTypeConfiguration<StageSetting>
{
    public void Configure(EntityTypeBuilder<StageSetting> builder)
    {
        builder.ToTable("stages");
        builder.HasKey(x => x.Stage);
        builder.Property(x => x.Probability).HasPrecision(5, 2);
        builder.Property(x => x.GuidanceEn).Default("''");
        builder.Property(x => x.GuidanceZh).Default("''");
    }
}
