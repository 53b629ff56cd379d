namespace PipelineCrm.Web.Components.Forms;

public static class ProblemFields
{
    /// <summary>What is wrong with one field (camelCase path), or null: for the field's own message.</summary>
    public static string? At(this Problem? problem, string field) =>
        problem?.Errors.GetValueOrDefault(field) is { Length: > 0 } messages ? string.Join(" ", messages) : null;
}
