using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace PipelineCrm.Kernel;

/// <summary>A quote's id.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<QuoteId>))]
public readonly record struct QuoteId(Guid Value) : ITypedId<QuoteId>
{
    public static QuoteId From(Guid value) => new(value);

    public static QuoteId New() => ITypedId<QuoteId>.New();

    public static QuoteId Parse(string s, IFormatProvider? provider) => From(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out QuoteId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = From(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}
