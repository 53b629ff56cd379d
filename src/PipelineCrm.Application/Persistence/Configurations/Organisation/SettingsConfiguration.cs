using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class SettingsConfiguration : IEntityTypeConfiguration<Settings>
{
    public void Configure(EntityTypeBuilder<Settings> builder)
    {
        builder.ToTable("settings");
        builder.Property(x => x.BaseCurrency).HasColumnType("char(3)").Default("'USD'");
        builder.Property(x => x.Id).Default("1");
        builder.Property(x => x.OrganisationName).Default("''");
        builder.Property(x => x.TimeZone).Default("'UTC'");
        builder.Property(x => x.RepsReadTeam).Default("true");
        builder.Property(x => x.Demo).Default("false");
        builder.Property(x => x.DemoSignIn).Default("true");
    }
}
