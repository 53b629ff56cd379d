using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace PipelineCrm.Kernel;

/// <summary>A deal's id.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<DealId>))]
public readonly record struct DealId(Guid Value) : ITypedId<DealId>
{
    public static DealId From(Guid value) => new(value);

    public static DealId New() => ITypedId<DealId>.New();

    public static DealId Parse(string s, IFormatProvider? provider) => From(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DealId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = From(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}
