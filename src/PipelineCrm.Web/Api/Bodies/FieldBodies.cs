using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>What a body holds besides its own properties: fields by the catalogue's names, those that admins added under
/// <c>custom</c>.</summary>
internal static class FieldBodies
{
    /// <param name="sent">Properties that the body itself does not have; read like any other whatever their case.</param>
    /// <param name="custom">By the fields' own keys.</param>
    public static T Fields<T>(FactSubject subject, IEnumerable<KeyValuePair<string, JsonElement>>? sent,
        IEnumerable<KeyValuePair<string, JsonElement>>? custom)
        where T : SubmittedFieldValues, new()
    {
        var fields = new T();
        foreach (var (name, value) in sent ?? [])
        {
            if (name.StartsWith(CustomField.Prefix, StringComparison.Ordinal) || fields.Sends(NameOf(subject, name)))
            {
                fields.Misplaced.Add(name);
            }
            else
            {
                fields.And(NameOf(subject, name), value);
            }
        }

        return fields.And((custom ?? []).Select(field => KeyValuePair.Create(CustomField.Prefix + field.Key, field.Value)));
    }

    /// <summary>The fields of a move: those that admins added stand among the others.</summary>
    public static T OfMove<T>(IEnumerable<KeyValuePair<string, JsonElement>>? sent) where T : SubmittedFieldValues, new()
    {
        var fields = new T();
        foreach (var (name, value) in sent ?? [])
        {
            fields.And(NameOf(FactSubject.Deal, name), value);
        }

        return fields;
    }

    private static string NameOf(FactSubject subject, string name) =>
        FactCatalog.BuiltIn.Content(subject)
            .FirstOrDefault(fact => string.Equals(fact.Field, name, StringComparison.OrdinalIgnoreCase))?.Field ?? name;
}
