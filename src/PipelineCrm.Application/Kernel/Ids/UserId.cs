using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace PipelineCrm.Kernel;

/// <summary>A user's id.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<UserId>))]
[TypeConverter(typeof(TypedIdTypeConverter<UserId>))]
public readonly record struct UserId(Guid Value) : ITypedId<UserId>
{
    public static UserId From(Guid value) => new(value);

    public static UserId New() => ITypedId<UserId>.New();

    public static UserId Parse(string s, IFormatProvider? provider) => From(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out UserId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = From(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}
