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
        builder.Property(view => view.Shared).Default("false");
        builder.Property(view => view.Version).Default("1").IsConcurrencyToken();
        builder.HasIndex(view => new { view.OwnerId, view.Id }).HasDatabaseName("saved_views_owner");
        builder.HasIndex(view => view.Id).HasFilter("shared").HasDatabaseName("saved_views_shared");
        builder.HasOne(view => view.Owner).WithMany().HasForeignKey(view => view.OwnerId);
    }
}
