using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineCrm.Common;

/// <summary>A value that was sent, or nothing was: in a merge patch null and absent differ.</summary>
[JsonConverter(typeof(SentJsonConverter))]
public readonly record struct Sent<T>(bool IsSent, T Value)
{
    public static implicit operator Sent<T>(T value) => new(true, value);
}

/// <summary>Reads what stands in the JSON, null included, as sent; what does not stand there stays not sent.</summary>
internal sealed class SentJsonConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Sent<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<Sent<T>>
    {
        public override bool HandleNull => true;

        public override Sent<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null
                ? new Sent<T>(true, default!)
                : new Sent<T>(true, ((JsonConverter<T>)options.GetConverter(typeof(T))).Read(ref reader, typeof(T), options)!);

        public override void Write(Utf8JsonWriter writer, Sent<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.IsSent ? value.Value : default, options);
    }
}

/// <summary>Writes whether it was sent beside what: for comparing requests, never for reading.</summary>
internal sealed class SentOrNotJsonConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Sent<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<Sent<T>>
    {
        public override Sent<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Only written.");

        public override void Write(Utf8JsonWriter writer, Sent<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            if (value.IsSent)
            {
                JsonSerializer.Serialize(writer, value.Value, options);
            }

            writer.WriteEndArray();
        }
    }
}
