using PipelineCrm.Domain;

namespace PipelineCrm.Lists;

/// <summary>Which records a list shows and in which order; everything unset: all that the reader may see.</summary>
/// <param name="Subject">What the list is of.</param>
/// <param name="Search">Of deals part of the title, of both part of the customer's name, mail or phone.</param>
/// <param name="Filter">JSON: conditions on facts (docs/api.md, filter).</param>
/// <param name="Sort">Keys of facts, comma-separated, a minus before those that go downwards; null: new deals first, customers by
/// name.</param>
/// <param name="Archived">Archived ones instead of the others.</param>
public sealed record ListQuestion(FactSubject Subject, string? Search = null, string? Filter = null, string? Sort = null,
    bool Archived = false);

/// <summary>One record of a list with the facts that were asked for.</summary>
/// <param name="Name">A deal's title, a customer's name.</param>
/// <param name="MayEdit">Whether the reader may change it.</param>
/// <param name="Facts">By their keys; an amount in its currency.</param>
public sealed record ListRow(Guid Id, long Version, string Name, bool MayEdit, IReadOnlyDictionary<string, Fact> Facts)
{
    /// <summary>Of a deal.</summary>
    public string? OwnerName { get; init; }

    /// <summary>Of a deal: whom it is for.</summary>
    public Guid? Customer { get; init; }
}
