using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineCrm.Kernel;

/// <summary>Writes whether it was sent beside what: for comparing requests, never for reading.</summary>
internal sealed class NullableOptionalJsonConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<Optional<T>>
    {
        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert,
            JsonSerializerOptions options) => throw new NotSupportedException("Only written.");

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            if (value.IsSet)
            {
                JsonSerializer.Serialize(writer, value.Value, options);
            }

            writer.WriteEndArray();
        }
    }
}
