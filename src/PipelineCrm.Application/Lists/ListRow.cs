using PipelineCrm.Domain;

namespace PipelineCrm.Lists;

/// <summary>One record of a list with the facts that were asked for.</summary>
/// <param name="Name">A deal's title, a customer's name.</param>
/// <param name="MayEdit">Whether the reader may change it.</param>
/// <param name="Facts">By their keys; an amount in its currency.</param>
public sealed record ListRow(Guid Id, long Version, string Name, bool MayEdit, IReadOnlyDictionary<string, Fact> Facts)
{
    public SeenRecord Seen => new(Id, Version);

    /// <summary>Of a deal.</summary>
    public string? OwnerName { get; init; }

    /// <summary>Of a deal: whom it is for.</summary>
    public Guid? Customer { get; init; }
}
