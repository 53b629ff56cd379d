using System.Text.Json.Serialization;
using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>A deal as it is shown and as the API answers it.</summary>
/// <param name="Version">Goes up with every write of the deal or of what belongs to it.</param>
/// <param name="EnteredStageAt">When the present stage's clock started.</param>
/// <param name="PreviousDealId">Null also where the reader may not see that deal; so <paramref name="ReferredByDealId"/>.</param>
/// <param name="WonAt">The first entry into Purchase that is not undone; stays after back or lose.</param>
public sealed record DealView(
    DealId Id,
    CustomerId CustomerId,
    string CustomerName,
    string Title,
    decimal? Amount,
    string? Currency,
    DateOnly? ExpectedClose,
    string? Source,
    UserId OwnerId,
    string OwnerName,
    long Version,
    Stage Stage,
    Outcome Outcome,
    DateTimeOffset EnteredStageAt,
    DateTimeOffset? WonAt,
    string? LostReason,
    DateTimeOffset? ClosedAt,
    int Cycle,
    DealId? PreviousDealId,
    DealId? ReferredByDealId,
    DateTimeOffset CreatedAt) : IDealResponse
{
    DealId IDealResponse.Deal => Id;

    /// <summary>Whole seconds on the stage's clock at the instant the view was read; time lying Lost is not counted. Null where the entry
    /// is not known.</summary>
    public long? SecondsInStage { get; init; }

    /// <summary>Whether the reader may move and change it; nobody may while it is archived.</summary>
    public bool MayMove { get; init; }

    /// <summary>Whether the reader may archive and restore it.</summary>
    public bool MayArchive { get; init; }

    /// <summary>Since when it is out of board, lists, status and counts; null: it is not.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>Its opening was undone: it never was. Only the answer of that undo shows such a deal.</summary>
    public bool Void { get; init; }

    /// <summary>Where it lies in its column: ordinal order of this, then of the id. For boards on the server only; null in an answer that
    /// was stored.</summary>
    [JsonIgnore]
    public string? Rank { get; init; }

    /// <summary>Everything that people write of it, by the names of the fields.</summary>
    public JsonFieldDictionary Fields { get; init; } = JsonFieldDictionary.None;

    /// <summary>Of that the fields that admins added, by the fields' own keys.</summary>
    [JsonIgnore]
    public JsonFieldDictionary Custom => new(Fields.Where(one => one.Key.StartsWith(CustomField.Prefix, StringComparison.Ordinal))
        .Select(one => KeyValuePair.Create(one.Key[CustomField.Prefix.Length..], one.Value)));

    public Position Position => new(Stage, Outcome);
}
