using PipelineCrm.Lists;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>What is to be done to records; what is not said is asked for.</summary>
/// <param name="Archive">Into the archive or out of it; null: a fact is written.</param>
/// <param name="Back">A change that is taken back.</param>
public sealed record BulkAsk(IReadOnlyList<ListRow> Rows, string? Fact = null, bool? Archive = null, BulkChange? Back = null);
