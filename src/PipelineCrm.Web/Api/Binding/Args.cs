using System.Globalization;

namespace PipelineCrm.Web.Api;

/// <summary>How a type is read from text.</summary>
internal static class Args<T> where T : struct
{
    internal delegate bool Reader(string text, out T value);

    private static readonly Dictionary<string, T> WireValues = typeof(T).IsEnum
        ? Enum.GetValues(typeof(T)).Cast<T>()
            .ToDictionary(value => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!))
        : [];

    public static readonly Reader Read =
        typeof(T).IsEnum ? WireValues.TryGetValue
        : typeof(T) == typeof(DateOnly) ? (Reader)(object)(Args<DateOnly>.Reader)Date
        : typeof(T).GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>))
            ? typeof(Args<T>).GetMethod(nameof(Parsed), System.Reflection.BindingFlags.NonPublic
                | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(typeof(T)).CreateDelegate<Reader>()
            : throw new NotSupportedException($"{typeof(T).Name} cannot be an argument.");

    public static readonly string Expected =
        typeof(T).IsEnum ? string.Join(", ", WireValues.Keys)
        : typeof(T) == typeof(DateOnly) ? "2026-12-31"
        : typeof(T) == typeof(bool) ? "true, false"
        : typeof(T) == typeof(int) || typeof(T) == typeof(long) ? "123"
        : "00000000-0000-0000-0000-000000000000";

    private static bool Date(string text, out DateOnly value) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    private static bool Parsed<TValue>(string text, out TValue value) where TValue : struct, IParsable<TValue> =>
        TValue.TryParse(text, CultureInfo.InvariantCulture, out value);
}
