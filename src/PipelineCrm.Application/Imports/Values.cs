using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Texts;

namespace PipelineCrm.Imports;

/// <summary>A value read, or why it cannot be taken.</summary>
internal readonly record struct Value(object? Content, string? Flaw)
{
    public static Value Of(object? content) => new(content, null);

    public static Value No(string flaw) => new(null, flaw);
}

/// <summary>From the text of a cell to what the database keeps, by the mapping's formats.</summary>
internal sealed partial class Values(ImportMapping mapping, string zone, ImportCatalog catalog)
{
    /// <summary>Instants with an offset of their own (ISO 8601), which say what they mean whatever the mapping's formats.</summary>
    private static readonly string[] OwnOffset =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFF K"];

    private readonly string[] _dateFormats = [.. mapping.DateFormats];
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
    private readonly Regex _number = Number(mapping);

    public Value Read(ImportField field, string? text) => text is null
        ? field.Required ? Value.No(ImportText.Required) : Value.Of(null)
        : field.Type switch
        {
            ValueType.Text => Text(text, field.MaxLength),
            ValueType.Email => Text(text, field.MaxLength) is { Flaw: null } mail && !Mail().IsMatch(text) ? Value.No(ImportText.EmailForm) : Text(text, field.MaxLength),
            ValueType.Phone => Text(text, field.MaxLength) is { Flaw: null } && !FormRules.IsPhone(text) ? Value.No(FormText.Phone) : Text(text, field.MaxLength),
            ValueType.Amount => Amount(text),
            ValueType.Currency => Currencies.CodeOf(text) is { } code ? Value.Of(code) : Value.No(FieldText.CurrencyUnknown(text)),
            ValueType.Date => Day(text),
            ValueType.Role => Named<Role>(text),
            ValueType.CustomerType => Named<CustomerType>(text),
            ValueType.Source => Code(text, catalog.Sources),
            ValueType.LossReason => Code(text, catalog.LossReasons),
            ValueType.Team => Reference(RecordKind.Team, text),
            ValueType.User => Reference(RecordKind.User, text),
            ValueType.Product => Reference(RecordKind.Product, text),
            ValueType.Customer => Reference(RecordKind.Customer, text),
        };

    /// <summary>The instant at which something happened; a date is the start of that day in the mapping's zone.</summary>
    public Value Instant(string text, DateTimeOffset now)
    {
        if (Time(text) is not { } time)
        {
            return NoDate;
        }

        if (DateOnly.FromDateTime(time) < DateBounds.Earliest)
        {
            return Value.No(ImportText.TooEarly);
        }

        // A clock that is put forward at midnight has no such instant: the day starts an hour later.
        var there = time.Kind == DateTimeKind.Unspecified && _zone.IsInvalidTime(time) ? time.AddHours(1) : time;
        var instant = new DateTimeOffset(there.Kind == DateTimeKind.Utc ? there : TimeZoneInfo.ConvertTimeToUtc(there, _zone), TimeSpan.Zero);
        return instant > now ? Value.No(ImportText.InFuture) : Value.Of(instant);
    }

    private Value NoDate => Value.No(ImportText.DateForm(string.Join(", ", mapping.DateFormats)));

    /// <summary>A date; of an instant with its own offset the day that it is in the mapping's zone.</summary>
    private Value Day(string text)
    {
        if (Time(text) is not { } time)
        {
            return NoDate;
        }

        var day = DateOnly.FromDateTime(time.Kind == DateTimeKind.Utc ? TimeZoneInfo.ConvertTimeFromUtc(time, _zone) : time);
        return day < DateBounds.Earliest ? Value.No(ImportText.TooEarly) : day > DateBounds.Latest ? Value.No(FieldText.DateRange) : Value.Of(day);
    }

    /// <summary>In UTC where the text has an offset of its own, else as a clock in the mapping's zone shows it; null where it is neither.</summary>
    private DateTime? Time(string text)
    {
        var plain = text.Normalize(NormalizationForm.FormKC).Trim();
        return Parsed(OwnOffset) is { Kind: DateTimeKind.Utc } own ? own : Parsed(_dateFormats);

        DateTime? Parsed(string[] formats) =>
            DateTime.TryParseExact(plain, formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
    }

    private static Value Text(string text, int maxLength) =>
        !Characters.AtMost(text, maxLength) ? Value.No(ImportText.TooLong(maxLength))
        : FieldRules.IsClean(text) ? Value.Of(text)
        : Value.No(ImportText.ControlCharacter);

    private Value Amount(string text)
    {
        text = text.Normalize(NormalizationForm.FormKC).Trim();
        if (!_number.IsMatch(text))
        {
            return Value.No(ImportText.NumberForm($"1{mapping.ThousandsSeparator}234{mapping.DecimalSeparator}50"));
        }

        var plain = mapping.ThousandsSeparator is { Length: > 0 } separator ? text.Replace(separator, "", StringComparison.Ordinal) : text;
        plain = plain.Replace(mapping.DecimalSeparator, ".", StringComparison.Ordinal);
        if (!decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount > Money.Limit)
        {
            return Value.No(ImportText.AmountTooLarge);
        }

        return amount < 0 ? Value.No(ImportText.AmountNegative)
            : decimal.Round(amount, 4) != amount ? Value.No(ImportText.AmountDecimals)
            : Value.Of(amount);
    }

    private static Regex Number(ImportMapping mapping)
    {
        var whole = mapping.ThousandsSeparator is { Length: > 0 } separator ? $"([0-9]+|[0-9]{{1,3}}({Regex.Escape(separator)}[0-9]{{3}})+)" : "[0-9]+";
        return new Regex($"^-?{whole}({Regex.Escape(mapping.DecimalSeparator)}[0-9]+)?$", RegexOptions.CultureInvariant);
    }

    private static Value Named<T>(string text) where T : struct, Enum => WireNames.TryParse<T>(text, out var value)
        ? Value.Of(value)
        : Value.No(ImportText.OneOf(string.Join(", ", Enum.GetValues<T>().Select(one => one.ToWire()))));

    private static Value Code(string text, IReadOnlySet<string> known) =>
        known.Contains(text) ? Value.Of(text) : Value.No(ImportText.OneOf(string.Join(", ", known)));

    private Value Reference(RecordKind kind, string text)
    {
        var found = catalog.Find(kind, text);
        return found.Count switch
        {
            1 when catalog.IsArchived(found[0]) => Value.No(ImportText.ArchivedCustomer),
            1 => Value.Of(found[0]),
            0 => Value.No(ImportText.UnknownReference(ImportText.Kind(kind.ToString()))),
            _ => Value.No(ImportText.AmbiguousReference(ImportText.Kind(kind.ToString()))),
        };
    }

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex Mail();
}
