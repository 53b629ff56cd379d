namespace PipelineCrm.Kernel;

/// <summary>One page of a list.</summary>
/// <param name="Items">At most as many as asked for.</param>
/// <param name="Next">What to pass as <c>after</c> for the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Paging
{
    /// <summary>Cuts the one row more than was asked for, which tells whether there is a next page.</summary>
    /// <param name="after">What the next page begins after, where the given row was the last.</param>
    public static Page<T> ToPage<T>(List<T> rows, int limit, Func<T, string> after) =>
        rows.Count <= limit ? new Page<T>(rows, null) : new Page<T>(rows[..limit], after(rows[limit - 1]));
}

/// <summary>How much of a list is wanted.</summary>
/// <param name="Limit">1 to 200.</param>
/// <param name="After">The <c>Next</c> of the page before; null for the first.</param>
public sealed record PageRequest(int Limit = PageRequest.DefaultLimit, string? After = null)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;
}
