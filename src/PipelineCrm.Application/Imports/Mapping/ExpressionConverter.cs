using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineCrm.Imports;

internal sealed class ExpressionConverter : JsonConverter<Expression>
{
    public override Expression Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new Expression(reader.GetString(), null, null, null, null);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            // The reader says where.
            throw new JsonException();
        }

        var written = JsonSerializer.Deserialize<Written>(ref reader, options)!;
        return new[] { written.Column, written.Value, written.Template }.Count(text => text is not null) == 1
            ? new Expression(written.Column, written.Value, written.Template, written.Map, written.Default)
            : throw new AmbiguousSourceException();
    }

    public override void Write(Utf8JsonWriter writer, Expression value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Written(value.Column, value.Value, value.Template, value.Map, value.Default), options);

    private sealed record Written(string? Column = null, string? Value = null, string? Template = null, string? Map = null,
        string? Default = null);
}
