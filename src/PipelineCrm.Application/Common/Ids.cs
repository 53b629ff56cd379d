using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineCrm.Common;

/// <summary>An id that cannot be mistaken for another entity's.</summary>
public interface ITypedId<TSelf> : IParsable<TSelf> where TSelf : struct, ITypedId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);

    /// <summary>A new id; ids grow with time (UUID version 7).</summary>
    static TSelf New() => TSelf.From(Guid.CreateVersion7());
}

/// <summary>Writes a typed id as its plain text.</summary>
public sealed class TypedIdJsonConverter<TId> : JsonConverter<TId> where TId : struct, ITypedId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.From(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>Reads a typed id from its plain text, for Identity, which knows its users' ids as text.</summary>
internal sealed class TypedIdTypeConverter<TId> : TypeConverter where TId : struct, ITypedId<TId>
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => TId.Parse((string)value, culture);
}

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

/// <summary>A customer's id.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<CustomerId>))]
public readonly record struct CustomerId(Guid Value) : ITypedId<CustomerId>
{
    public static CustomerId From(Guid value) => new(value);

    public static CustomerId New() => ITypedId<CustomerId>.New();

    public static CustomerId Parse(string s, IFormatProvider? provider) => From(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CustomerId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = From(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}

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

/// <summary>A product's id.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<ProductId>))]
public readonly record struct ProductId(Guid Value) : ITypedId<ProductId>
{
    public static ProductId From(Guid value) => new(value);

    public static ProductId New() => ITypedId<ProductId>.New();

    public static ProductId Parse(string s, IFormatProvider? provider) => From(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ProductId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = From(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}

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

/// <summary>A payment's id.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<PaymentId>))]
public readonly record struct PaymentId(Guid Value) : ITypedId<PaymentId>
{
    public static PaymentId From(Guid value) => new(value);

    public static PaymentId New() => ITypedId<PaymentId>.New();

    public static PaymentId Parse(string s, IFormatProvider? provider) => From(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PaymentId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = From(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}

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

/// <summary>A sign-in's id.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<SessionId>))]
public readonly record struct SessionId(Guid Value) : ITypedId<SessionId>
{
    public static SessionId From(Guid value) => new(value);

    public static SessionId New() => ITypedId<SessionId>.New();

    public static SessionId Parse(string s, IFormatProvider? provider) => From(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SessionId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = From(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}
