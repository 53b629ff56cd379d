using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.Imports;

/// <summary>One line of the history to be; the run says by whom and when it was recorded.</summary>
/// <param name="Deal">With <paramref name="Seq"/>: the transition that caused it.</param>
internal sealed record HistoryLineRow(string Entity, Guid Id, string Field, string? Before, string? After, DateTimeOffset At,
    Guid? Deal = null, int? Seq = null)
{
    private const string OfDeal = "deal";
    private const string OfCustomer = "customer";

    public object?[] Cells => [Entity, Id.ToString(), Field, Before, After, At, Deal, Seq];

    public static HistoryLineRow ForDeal(Guid deal, string field, object? before, object? after, DateTimeOffset at, int seq) =>
        new(OfDeal, deal, field, Json(before), Json(after), at, deal, seq);

    /// <summary>With values that are JSON already.</summary>
    public static HistoryLineRow OfField(Guid deal, string field, string? before, string? after, DateTimeOffset at, int seq) =>
        new(OfDeal, deal, field, before, after, at, deal, seq);

    public static HistoryLineRow ForCustomer(Guid customer, string field, object? after, DateTimeOffset at) =>
        new(OfCustomer, customer, field, null, Json(after), at);

    /// <summary>What a person is called or reached by is stored as filled only.</summary>
    public static HistoryLineRow Personal(Guid customer, string field, DateTimeOffset at) => ForCustomer(customer, field, "filled", at);

    public static HistoryLineRow ForStatus(Guid customer, string field, object? before, object? after, StatusChange change) =>
        new(OfCustomer, customer, field, Json(before), Json(after), change.At, change.Deal, change.Seq);

    private static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), WireNames.Json);
}
