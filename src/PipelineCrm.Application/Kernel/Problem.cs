namespace PipelineCrm.Kernel;

/// <summary>Why a use case gave no answer.</summary>
/// <param name="Code">One of <see cref="ProblemCode"/>; programs decide by it.</param>
/// <param name="Message">A sentence for the person, in their language, that says what to do.</param>
public sealed record Problem(string Code, string Message)
{
    /// <summary>Messages per field (camelCase path), in the person's language; empty but for
    /// <see cref="ProblemCode.Validation"/>.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>What the problem carries besides, e.g. a <c>Verdict</c> or <c>ConflictDetail</c>; the API writes it beside the
    /// code.</summary>
    public object? Detail { get; init; }

    /// <summary>For <see cref="ProblemCode.TooManyRequests"/>: how long to wait before asking again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>What is known of a write that met an outage.</summary>
/// <param name="Outcome"><c>unknown</c>: it may have been saved. Sent again under the same operation id it tells.</param>
public sealed record DatabaseOutageDetail(string Outcome)
{
    public static readonly DatabaseOutageDetail Unknown = new("unknown");
}
