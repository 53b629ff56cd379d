namespace PipelineCrm.Persistence.Entities;

/// <summary>A seeded word that people choose from: loss reasons, override reasons, sources.</summary>
internal sealed class Code
{
    public const string Loss = "loss";
    public const string OverrideReason = "override";
    public const string SourceOfDeal = "source";

    public int Id { get; init; }
    public required string Kind { get; init; }
    public required string Value { get; init; }
    public required string NameEn { get; set; }
    public required string NameZh { get; set; }
    public int Position { get; set; }
    public bool Active { get; set; }
}
