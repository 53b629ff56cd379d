using System.Text.Json.Serialization;

namespace PipelineCrm.Kernel;

/// <summary>The answer of a use case that has nothing to say but that it is done.</summary>
[JsonConverter(typeof(UnitJsonConverter))]
public sealed record Unit
{
    private Unit()
    {
    }

    public static readonly Unit Value = new();
}
