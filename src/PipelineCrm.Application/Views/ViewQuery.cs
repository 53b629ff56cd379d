using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Catalogue;

namespace PipelineCrm.Views;

/// <summary>What a view asks its list: parameters that the list has, with conditions and an order that are sound.</summary>
internal static class ViewQuery
{
    private const int ValueLength = 200;

    /// <summary>The parameters of each list that a view may hold.</summary>
    private static readonly Dictionary<string, string[]> Parameters = new()
    {
        ["deals"] = ["stage", "outcome", "owner", "team", "customer", "source", "search", "archived", "filter", "sort", "columns"],
        ["customers"] = ["search", "status", "archived", "filter", "sort", "columns"],
        ["board"] = ["owner", "team", "source", "search", "filter"],
    };

    public static bool IsList(string? list) => list is not null && Parameters.ContainsKey(list);

    /// <summary>What is wrong with it, at the paths of the request; null where nothing is.</summary>
    public static Problem? Flaw(string list, JsonElement query, FactCatalog catalog)
    {
        if (Encoding.UTF8.GetByteCount(query.GetRawText()) > FactFilter.MaxBytes)
        {
            return ValidationProblem.ForField("query", RuleMessages.FilterTooLong(FactFilter.MaxBytes / 1024));
        }

        if (Read(query) is not { } values)
        {
            return ValidationProblem.ForField("query", CustomFieldText.ViewQuery);
        }

        var subject = list == "customers" ? FactSubject.Customer : FactSubject.Deal;
        var errors = new Dictionary<string, string[]>();
        foreach (var (name, value) in values)
        {
            var problem = !Parameters[list].Contains(name) ? ValidationProblem.ForField("", CustomFieldText.ViewParameter)
                : name == FactFilter.Parameter ? FactFilter.Parse(value, catalog, subject).Problem
                : name == FactSort.Parameter ? FactSort.Parse(value, catalog, subject, "").Problem
                : name == ColumnList.Parameter ? ColumnList.Parse(value, catalog, subject).Problem
                : value.Length > ValueLength || !FieldRules.IsClean(value) ? ValidationProblem.ForField("", CustomFieldText.ViewParameter)
                : null;
            if (problem is not null)
            {
                errors[$"query.{name}"] = [.. problem.Errors.Values.SelectMany(sentences => sentences)];
            }
        }

        return errors.Count == 0 ? null : ValidationProblem.ForFields(errors);
    }

    /// <summary>By name; null where the JSON is neither an object of plain values nor the text of an address.</summary>
    private static Dictionary<string, string>? Read(JsonElement query)
    {
        if (query.ValueKind == JsonValueKind.String)
        {
            var parsed = QueryHelpers.ParseQuery(FactJson.Text(query));
            return parsed.All(value => value.Value.Count == 1) ? parsed.ToDictionary(value => value.Key, value => value.Value.ToString())
                : null;
        }

        if (query.ValueKind != JsonValueKind.Object || !FactJson.IsReadable(query))
        {
            return null;
        }

        var values = new Dictionary<string, string>();
        foreach (var property in query.EnumerateObject())
        {
            var value = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString(),
                JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number => property.Value.GetRawText(),
                JsonValueKind.Object when property.Name == FactFilter.Parameter => property.Value.GetRawText(),
                _ => null,
            };
            if (value is null || !values.TryAdd(property.Name, value))
            {
                return null;
            }
        }

        return values;
    }
}
