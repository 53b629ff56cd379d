using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class BulkJobConfiguration : IEntityTypeConfiguration<BulkJob>, IEntityTypeConfiguration<BulkJobRecord>
{
    public void Configure(EntityTypeBuilder<BulkJob> builder)
    {
        builder.ToTable("bulk_jobs");
        builder.Property(job => job.Subject).HasConversion<short>();
        builder.Property(job => job.Fields).HasColumnType("jsonb");
        builder.Property(job => job.Move).HasColumnType("jsonb");
        builder.Property(job => job.Channel).HasConversion<short>().Default("2");
        builder.Property(job => job.Seen).Default("false");
        builder.HasIndex(job => new { job.UserId, job.CreatedAt }).HasDatabaseName("bulk_jobs_user");
        builder.HasIndex(job => job.CreatedAt).HasFilter("finished_at is null").HasDatabaseName("bulk_jobs_running");
        builder.HasOne(job => job.User).WithMany().HasForeignKey(job => job.UserId);
        builder.HasOne(job => job.Undone).WithMany().HasForeignKey(job => job.Undoes);
        builder.HasMany(job => job.Records).WithOne().HasForeignKey(record => record.JobId);
    }

    public void Configure(EntityTypeBuilder<BulkJobRecord> builder)
    {
        builder.ToTable("bulk_job_records");
        builder.HasKey(record => new { record.JobId, record.RecordId });
        builder.Property(record => record.Outcome).HasConversion<short?>();
        builder.Property(record => record.Before).HasColumnType("jsonb");
        builder.HasIndex(record => new { record.JobId, record.RecordId }).HasFilter("outcome is null")
            .HasDatabaseName("bulk_job_records_left");
        builder.HasIndex(record => record.RecordId).HasDatabaseName("bulk_job_records_of");
    }
}
