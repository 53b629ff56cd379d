using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using PipelineCrm.Domain;
using PipelineCrm.Lists;
using PipelineCrm.Views;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>What a list shows, as its address says it; the same parameters as the API's and as saved views hold.</summary>
public sealed record ListAddress(string Path)
{
    private static readonly Dictionary<string, string> Conditions = new()
    {
        ["stage"] = "stage",
        ["outcome"] = "outcome",
        ["owner"] = FieldKey.OwnerId,
        ["source"] = FieldKey.Source,
        ["status"] = FieldKey.CustomerStatus,
    };

    public string? Search { get; init; }

    /// <summary>JSON: conditions on facts.</summary>
    public string? Filter { get; init; }

    public string? Sort { get; init; }

    public string? Columns { get; init; }

    public bool Archived { get; init; }

    /// <summary>The saved view that it began with.</summary>
    public Guid? View { get; init; }

    /// <summary>Whether it says no more than which view.</summary>
    public bool IsBare => this == new ListAddress(Path) { View = View };

    public bool Narrows => Search is not null || Filter is not null;

    public string Uri =>
        QueryHelpers.AddQueryString(Path, Parameters.Append(("view", View?.ToString())).Where(one => one.Item2 is not null)
            .ToDictionary(one => one.Item1, one => one.Item2));

    /// <summary>The same as a file.</summary>
    public string File =>
        QueryHelpers.AddQueryString(Path + ".csv", Parameters.Where(one => one.Value is not null)
            .ToDictionary(one => one.Name, one => one.Value));

    /// <summary>As a view keeps it.</summary>
    public JsonElement Query =>
        JsonSerializer.SerializeToElement(Parameters.Where(one => one.Value is not null).ToDictionary(one => one.Name, one => one.Value));

    private IEnumerable<(string Name, string? Value)> Parameters =>
        [("search", Search), ("filter", Filter), ("sort", Sort), ("columns", Columns), ("archived", Archived ? "true" : null)];

    public ListQuestion Question(FactSubject subject) => new(subject, Search, Filter, Sort, Archived);

    /// <summary>What a view asks.</summary>
    /// <param name="missing">Parameters that programs gave it and this page does not have.</param>
    public static ListAddress Of(string path, SavedListView view, out IReadOnlyList<string> missing)
    {
        var (address, parts, other) = (new ListAddress(path) { View = view.Id }, new List<Condition>(), new List<string>());
        foreach (var (name, value) in ValuesOf(view.Query))
        {
            switch (name)
            {
                case "search":
                    address = address with { Search = value };
                    break;
                case "filter":
                    parts.AddRange(FilterParts.Read(value) ?? []);
                    break;
                case "sort":
                    address = address with { Sort = value };
                    break;
                case "columns":
                    address = address with { Columns = value };
                    break;
                case "archived":
                    address = address with { Archived = value is "true" or "True" };
                    break;
                default:
                    if (Conditions.TryGetValue(name, out var fact))
                    {
                        parts.Add(new Condition(fact, Operator.Is, JsonSerializer.SerializeToElement(value)));
                    }
                    else
                    {
                        other.Add(name);
                    }

                    break;
            }
        }

        missing = other;
        return address with { Filter = FilterParts.Write(parts) };
    }

    /// <summary>The parameters that a view holds.</summary>
    internal static IEnumerable<(string Name, string Value)> ValuesOf(JsonElement query) => query.ValueKind == JsonValueKind.String
        ? QueryHelpers.ParseQuery(query.GetString()).Select(one => (one.Key, one.Value.ToString()))
        : query.EnumerateObject()
            .Select(one => (one.Name, one.Value.ValueKind == JsonValueKind.String ? one.Value.GetString()! : one.Value.GetRawText()));
}
