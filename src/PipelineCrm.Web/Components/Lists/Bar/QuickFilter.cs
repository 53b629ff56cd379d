using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>A condition that is asked often enough for a chip of its own.</summary>
public sealed record QuickFilter(string Text, Condition Condition)
{
    public static QuickFilter Of<T>(string text, string fact, string op, T value) =>
        new(text, new Condition(fact, op, JsonSerializer.SerializeToElement(value)));
}
