namespace PipelineCrm.Persistence.Entities;

internal sealed class RuleDraft
{
    public short Id { get; init; } = 1;
    public required string Content { get; set; }
    public int BasedOn { get; set; }
    public long Etag { get; set; }
    public UserId? ChangedBy { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
}
