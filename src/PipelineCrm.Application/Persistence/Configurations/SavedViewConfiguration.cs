using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("saved_views");
        builder.Property(view => view.Query).HasColumnType("jsonb");
        builder.Property(view => view.Version).IsConcurrencyToken();
        builder.HasOne(view => view.Owner).WithMany().HasForeignKey(view => view.OwnerId);
    }
}
