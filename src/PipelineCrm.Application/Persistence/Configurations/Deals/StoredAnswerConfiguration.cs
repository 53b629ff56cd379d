using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class StoredAnswerConfiguration : IEntityTypeConfiguration<StoredAnswer>
{
    public void Configure(EntityTypeBuilder<StoredAnswer> builder)
    {
        builder.ToTable("stored_answers");
        builder.HasKey(x => new { x.UserId, x.Key });
        builder.Property(x => x.Answer).HasColumnType("jsonb");
        builder.HasIndex(x => x.CreatedAt).HasDatabaseName("stored_answers_created");
    }
}
