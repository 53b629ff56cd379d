namespace PipelineCrm.Funnel;

/// <summary>The funnel as it is shown and as the API answers it.</summary>
/// <param name="Definition">What n means, in the reader's language.</param>
/// <param name="TimeZone">The organisation's: its days bound the period.</param>
/// <param name="Currency">The base currency: all money but <paramref name="NotConverted"/> is in it.</param>
/// <param name="Summary">Null for a snapshot, which has no period.</param>
/// <param name="NotConverted">Counted deals with an amount in another currency, each deal once.</param>
public sealed record FunnelView(
    FunnelMeaning Meaning,
    string Definition,
    string TimeZone,
    string Currency,
    DateTimeOffset Instant,
    IReadOnlyList<FunnelStage> Stages,
    FunnelSummary? Summary,
    IReadOnlyList<NotConverted> NotConverted);

/// <param name="Reasons">The most frequent first; a missing reason is the code <c>unknown</c>.</param>
public sealed record FunnelLost(long N, IReadOnlyList<LossReason> Reasons);

/// <summary>How often a reason was given for losing.</summary>
/// <param name="Code">A loss reason's code, or <c>unknown</c>.</param>
public sealed record LossReason(string Code, long N);

/// <summary>What no sum in the base currency holds, since it was in another one.</summary>
public sealed record NotConverted(string Currency, decimal Amount, long N);
