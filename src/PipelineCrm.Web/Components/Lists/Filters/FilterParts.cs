using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>A filter as the conditions that all must hold, each a chip; one of them may be a group of which any must.</summary>
internal static class FilterParts
{
    /// <summary>Null where the text is no filter; the list itself says what is wrong.</summary>
    public static IReadOnlyList<Condition>? Read(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<Condition>(json, WireNames.Json) is { Field: null } root && IsSound(root)
                ? Plain(root) is { All: { } all } ? all : [Plain(root)]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null where nothing is asked.</summary>
    public static string? Write(IReadOnlyCollection<Condition> parts)
    {
        if (parts.Count == 0)
        {
            return null;
        }

        var plain = Plain(new Condition(All: [.. parts]));
        return JsonSerializer.Serialize(plain.Field is null ? plain : new Condition(All: [plain]), WireNames.Json);
    }

    /// <summary>Whether two ask the same.</summary>
    public static bool Same(Condition one, Condition other) =>
        JsonSerializer.Serialize(one, WireNames.Json) == JsonSerializer.Serialize(other, WireNames.Json);

    /// <summary>The same without groups that say nothing of their own: one inside another of its kind, one of a single condition.</summary>
    public static Condition Plain(Condition condition)
    {
        if (condition.Field is not null)
        {
            return condition;
        }

        var all = condition.All is not null;
        List<Condition> parts = [.. (condition.All ?? condition.Any ?? []).Select(Plain)
            .SelectMany(part => (all ? part.All : part.Any) ?? [part])];
        return parts is [var only] ? only : all ? new Condition(All: parts) : new Condition(Any: parts);
    }

    private static bool IsSound(Condition? condition) => condition switch
    {
        null or { All: not null, Any: not null } => false,
        { Field: not null } => condition is { All: null, Any: null },
        _ => (condition.All ?? condition.Any) is { Count: > 0 } parts && parts.All(IsSound),
    };
}
