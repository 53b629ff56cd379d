using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Configurations;

internal sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.ToTable("customers");
        builder.Property(c => c.Name).HasMaxLength(Customer.NameLength);
        builder.Property(c => c.Returning).HasColumnName("returning_customer");
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasMany(c => c.Contacts).WithOne().HasForeignKey(c => c.CustomerId);
    }
}
