using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineCrm.Web.Api;

/// <summary>A day as <c>2026-11-01</c>, or an instant as <c>2026-11-01T10:00:00Z</c>.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct DayOrInstant(DateOnly? Day, DateTimeOffset? Instant)
{
    private sealed class Converter : JsonConverter<DayOrInstant>
    {
        public override DayOrInstant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new JsonException();
            }

            return DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? new DayOrInstant(day, null)
                : new DayOrInstant(null, Zoned(ref reader));
        }

        public override void Write(Utf8JsonWriter writer, DayOrInstant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Instant?.ToString("O", CultureInfo.InvariantCulture)
                ?? value.Day?.ToString("O", CultureInfo.InvariantCulture));

        /// <summary>An instant without its offset would be read in the zone of this machine.</summary>
        private static DateTimeOffset Zoned(ref Utf8JsonReader reader) =>
            reader.TryGetDateTimeOffset(out var instant) && reader.GetDateTime().Kind != DateTimeKind.Unspecified ? instant
                : throw new JsonException();
    }
}
