namespace PipelineCrm.Persistence.Entities;

internal sealed class DataProtectionKey
{
    public Guid Id { get; init; }
    public required string FriendlyName { get; init; }
    public required string Xml { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
