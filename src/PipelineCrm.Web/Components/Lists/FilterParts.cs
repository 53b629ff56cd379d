using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>A filter as the conditions that all must hold, each a chip; one of them may be a group that somebody wrote by hand.</summary>
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
            return JsonSerializer.Deserialize<Condition>(json, WireNames.Json) switch
            {
                { Field: null, All: { } all, Any: null } => all,
                { Field: null, All: null, Any: not null } any => [any],
                { Field: null, All: { } all, Any: { } any } => [.. all, new Condition(Any: any)],
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null where nothing is asked.</summary>
    public static string? Write(IReadOnlyCollection<Condition> parts) =>
        parts.Count == 0 ? null : JsonSerializer.Serialize(new Condition(All: [.. parts]), WireNames.Json);

    /// <summary>Whether two ask the same.</summary>
    public static bool Same(Condition one, Condition other) =>
        JsonSerializer.Serialize(one, WireNames.Json) == JsonSerializer.Serialize(other, WireNames.Json);
}
