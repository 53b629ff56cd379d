using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineCrm.Common;

/// <summary>An answer, or the reason why there is none. An expected "no" is a value, never an exception.</summary>
public readonly struct Result<T>
{
    private Result(T? value, Problem? problem) => (Value, Problem) = (value, problem);

    public T? Value { get; }

    public Problem? Problem { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Ok => Problem is null;

    public static Result<T> Of(T value) => new(value, null);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Problem problem) => new(default, problem);
}

/// <summary>The answer of a use case that has nothing to say but that it is done.</summary>
[JsonConverter(typeof(DoneJsonConverter))]
public sealed record Done
{
    private Done()
    {
    }

    public static readonly Done It = new();
}

/// <summary>There is one of them, however it is written.</summary>
internal sealed class DoneJsonConverter : JsonConverter<Done>
{
    public override Done Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Skip();
        return Done.It;
    }

    public override void Write(Utf8JsonWriter writer, Done value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    }
}
