using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.Property(x => x.UserName).HasColumnType("text");
        builder.Property(x => x.NormalizedUserName).HasColumnType("text");
        builder.Property(x => x.Email).HasColumnType("text");
        builder.Property(x => x.NormalizedEmail).HasColumnType("text");
        builder.Property(x => x.EmailConfirmed).Default("false");
        builder.Property(x => x.PhoneNumberConfirmed).Default("false");
        builder.Property(x => x.TwoFactorEnabled).Default("false");
        builder.Property(x => x.LockoutEnabled).Default("true");
        builder.Property(x => x.AccessFailedCount).Default("0");
        builder.Property(x => x.Language).Default("'en'");
        builder.Property(x => x.Theme).Default("'auto'");
        builder.Property(x => x.Invited).Default("true");
        builder.HasIndex(x => x.NormalizedUserName).IsUnique().HasDatabaseName("users_normalized_user_name");
        builder.HasIndex(x => x.NormalizedEmail).IsUnique().HasDatabaseName("users_normalized_email");
        builder.HasIndex(x => x.TeamId).HasDatabaseName("users_team");
        builder.HasIndex(x => x.ExternalKey).IsUnique().HasDatabaseName("users_external_key");
    }
}
