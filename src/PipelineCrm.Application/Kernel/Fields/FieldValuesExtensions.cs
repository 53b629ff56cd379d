using System.Text.Json;

namespace PipelineCrm.Kernel;

public static class FieldValuesExtensions
{
    /// <summary>Puts more into fields that are being made.</summary>
    public static T And<T>(this T fields, string field, object? value) where T : SubmittedFieldValues
    {
        fields.Put(field, value);
        return fields;
    }

    /// <summary>All of these values.</summary>
    public static T And<T>(this T fields, IEnumerable<KeyValuePair<string, JsonElement>> values) where T : SubmittedFieldValues
    {
        foreach (var (field, value) in values)
        {
            fields.Put(field, value);
        }

        return fields;
    }
}
