namespace PipelineCrm.Web.Components.Board;

/// <summary>Where a card lies in the order of its column: by rank, in a strip by when it was closed, the last one first.</summary>
internal sealed record ColumnPosition(long Closed, string Rank, Guid Deal, bool Backwards) : IComparable<ColumnPosition>
{
    public int CompareTo(ColumnPosition? other) =>
        other is null ? 1
        : Closed != other.Closed ? Closed.CompareTo(other.Closed)
        : string.CompareOrdinal(Rank, other.Rank) is var rank && rank != 0 ? rank
        : Backwards ? other.Deal.CompareTo(Deal) : Deal.CompareTo(other.Deal);
}
