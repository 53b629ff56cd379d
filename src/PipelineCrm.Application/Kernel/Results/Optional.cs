using System.Text.Json.Serialization;

namespace PipelineCrm.Kernel;

/// <summary>A value that was sent, or nothing was: in a merge patch null and absent differ.</summary>
[JsonConverter(typeof(OptionalJsonConverter))]
public readonly record struct Optional<T>(bool IsSet, T Value)
{
    public static implicit operator Optional<T>(T value) => new(true, value);
}
