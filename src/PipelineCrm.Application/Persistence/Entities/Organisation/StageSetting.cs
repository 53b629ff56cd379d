using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

/// <summary>What the admin may change about a stage; its place in the path is fixed.</summary>
internal sealed class StageSetting
{
    public const int NameLength = 60;

    public Stage Stage { get; init; }
    public required string NameEn { get; set; }
    public required string NameZh { get; set; }
    public string GuidanceEn { get; set; } = "";
    public string GuidanceZh { get; set; } = "";
    public decimal Probability { get; set; }
}
