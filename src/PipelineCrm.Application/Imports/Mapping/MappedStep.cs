using System.Text.Json.Serialization;
using PipelineCrm.Domain;

namespace PipelineCrm.Imports;

/// <summary>One change of stage or outcome. The kind of move follows from where the deal stands.</summary>
/// <param name="To">A stage, lost or completed.</param>
/// <param name="At">When; without it the way has this one step and is a move like any other, judged at the import's instant.</param>
/// <param name="Optional">A row whose date is empty leaves the step out.</param>
/// <param name="DateUnknown">Of a step without a date: the stage was entered before, nobody knows when, so no time in it is
/// counted.</param>
/// <param name="Set">Fields of the deal that get their value with this step.</param>
/// <param name="Reason">Of a loss: the reason's code.</param>
internal sealed record MappedStep(
    Place To,
    Expression? At = null,
    bool Optional = false,
    bool DateUnknown = false,
    IReadOnlyDictionary<string, Expression>? Set = null,
    Expression? Reason = null)
{
    [JsonIgnore]
    public IEnumerable<Expression> Expressions =>
        [.. At is null ? Array.Empty<Expression>() : [At], .. Set?.Values ?? [], .. Reason is null ? Array.Empty<Expression>() : [Reason]];
}
