using PipelineCrm.Customers;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

internal sealed record CustomerBody(string? Name, CustomerType? Type, string? Email, string? Phone, string? Source)
{
    public CreateCustomer.Command ToCommand() => new(Name ?? "", Type ?? CustomerType.Organisation, Email, Phone, Source);
}
