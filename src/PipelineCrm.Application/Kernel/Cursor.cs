using System.Text;
using System.Text.Json;

namespace PipelineCrm.Kernel;

/// <summary>Where a page of a list ended, as an opaque text: the last row's sort key and id.</summary>
internal sealed record Cursor(string Key, Guid Id)
{
    public string Write() => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this)).Replace('+', '-').Replace('/', '_')
        .TrimEnd('=');

    /// <summary>False for a text that is no cursor.</summary>
    public static bool TryRead(string? text, out Cursor? cursor)
    {
        cursor = null;
        if (text is null)
        {
            return true;
        }

        try
        {
            var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
            cursor = JsonSerializer.Deserialize<Cursor>(Encoding.UTF8.GetString(Convert.FromBase64String(padded)));
            return cursor is { Key: not null } && FieldRules.IsClean(cursor.Key);
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return false;
        }
    }

    public static Page<T> ToPage<T>(List<T> rows, int limit,
        Func<T, Cursor> cursor) => Paging.ToPage(rows, limit, row => cursor(row).Write());
}
