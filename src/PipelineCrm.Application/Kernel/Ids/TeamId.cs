using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace PipelineCrm.Kernel;

/// <summary>A team's id.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<TeamId>))]
public readonly record struct TeamId(Guid Value) : ITypedId<TeamId>
{
    public static TeamId From(Guid value) => new(value);

    public static TeamId New() => ITypedId<TeamId>.New();

    public static TeamId Parse(string s, IFormatProvider? provider) => From(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TeamId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = From(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}
