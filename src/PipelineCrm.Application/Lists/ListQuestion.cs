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
