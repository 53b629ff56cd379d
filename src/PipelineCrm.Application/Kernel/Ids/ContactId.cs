using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace PipelineCrm.Kernel;

/// <summary>A contact's id.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<ContactId>))]
public readonly record struct ContactId(Guid Value) : ITypedId<ContactId>
{
    public static ContactId From(Guid value) => new(value);

    public static ContactId New() => ITypedId<ContactId>.New();

    public static ContactId Parse(string s, IFormatProvider? provider) => From(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ContactId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = From(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}
