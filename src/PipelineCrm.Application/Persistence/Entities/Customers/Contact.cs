namespace PipelineCrm.Persistence.Entities;

internal sealed class Contact
{
    public ContactId Id { get; init; }
    public CustomerId CustomerId { get; init; }
    public required string Name { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public bool DecisionMaker { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public long Version { get; set; }
}
