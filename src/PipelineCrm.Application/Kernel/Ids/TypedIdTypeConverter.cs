using System.ComponentModel;
using System.Globalization;

namespace PipelineCrm.Kernel;

/// <summary>Reads a typed id from its plain text, for Identity, which knows its users' ids as text.</summary>
internal sealed class TypedIdTypeConverter<TId> : TypeConverter where TId : struct, ITypedId<TId>
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture,
        object value) => TId.Parse((string)value, culture);
}
