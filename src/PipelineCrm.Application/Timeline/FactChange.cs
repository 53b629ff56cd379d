using System.Text.Json;

namespace PipelineCrm.Timeline;

/// <summary>One changed field of a deal, of what belongs to it, or of a customer.</summary>
/// <param name="Id">Grows with each change of anything.</param>
/// <param name="Entity"><c>deal</c>, <c>quote</c>, <c>quoteLine</c>, <c>payment</c>, <c>customer</c> or <c>contact</c>.</param>
/// <param name="Before">Null where there was nothing; for what a person is called or reached by only <c>filled</c> or <c>empty</c>.</param>
public sealed record FactChange(long Id, string Entity, string EntityId, string Field, JsonElement? Before, JsonElement? After)
{
    /// <summary>What the user, customer, product or deal is called whose id the field held; null also where the reader may not see
    /// it.</summary>
    public string? BeforeName { get; init; }

    public string? AfterName { get; init; }

    /// <summary>Of an amount: the currency it was in.</summary>
    public string? BeforeCurrency { get; init; }

    public string? AfterCurrency { get; init; }
}
