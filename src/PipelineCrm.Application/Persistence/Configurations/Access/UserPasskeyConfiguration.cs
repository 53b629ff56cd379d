using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

/// <summary>As Identity's own schema 3 has it. That is not taken as a whole: it changes tables of before, too.</summary>
internal sealed class UserPasskeyConfiguration : IEntityTypeConfiguration<UserPasskey>
{
    public void Configure(EntityTypeBuilder<UserPasskey> builder)
    {
        builder.ToTable("user_passkeys");
        builder.HasKey(x => x.CredentialId);
        builder.OwnsOne(x => x.Data).ToJson("data");
        // Identity's store writes back whatever it has read; this is written by a statement that asks for what is there.
        builder.Property(x => x.LastUsedAt).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder.HasOne<User>().WithMany().HasForeignKey(x => x.UserId);
        builder.HasIndex(x => x.UserId).HasDatabaseName("user_passkeys_user");
    }
}
