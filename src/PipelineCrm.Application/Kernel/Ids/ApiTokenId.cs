using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace PipelineCrm.Kernel;

/// <summary>An API token's id (not its secret).</summary>
[JsonConverter(typeof(TypedIdJsonConverter<ApiTokenId>))]
public readonly record struct ApiTokenId(Guid Value) : ITypedId<ApiTokenId>
{
    public static ApiTokenId From(Guid value) => new(value);

    public static ApiTokenId New() => ITypedId<ApiTokenId>.New();

    public static ApiTokenId Parse(string s, IFormatProvider? provider) => From(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ApiTokenId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = From(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}
