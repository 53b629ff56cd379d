namespace PipelineCrm.Persistence.Entities;

/// <summary>Something that an import may have made.</summary>
internal interface IImported
{
    /// <summary>The import that made it; null where people did.</summary>
    int? ImportId { get; set; }
}
