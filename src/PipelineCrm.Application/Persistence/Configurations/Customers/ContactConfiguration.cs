using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class ContactConfiguration : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("contacts");
        builder.Property(c => c.Version).Default("1").IsConcurrencyToken();
        builder.Property(c => c.DecisionMaker).Default("false");
        builder.HasIndex(c => new { c.CustomerId, c.Id }).HasDatabaseName("contacts_customer");
    }
}
