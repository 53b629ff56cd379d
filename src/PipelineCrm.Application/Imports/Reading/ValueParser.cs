using System.Globalization;
using System.Text.RegularExpressions;
using PipelineCrm.Domain;
using PipelineCrm.Localization;

namespace PipelineCrm.Imports;

/// <summary>A value read, or why it cannot be taken.</summary>
internal readonly record struct ParsedValue(object? Content, string? Flaw)
{
    public static ParsedValue Of(object? content) => new(content, null);

    public static ParsedValue No(string flaw) => new(null, flaw);
}

/// <summary>From the text of a cell to what the database keeps, by the mapping's formats.</summary>
internal sealed partial class ValueParser(ImportMapping mapping, ImportReferenceData reference)
{
    private static readonly DateTime Earliest = new(1900, 1, 1);
    private readonly string[] _dateFormats = [.. mapping.DateFormats];
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(mapping.TimeZone);
    private readonly Regex _number = Number(mapping);

    public ParsedValue Read(ImportField field, string? text) => text is null
        ? field.Required ? ParsedValue.No(ImportMessages.Required) : ParsedValue.Of(null)
        : field.Type switch
        {
            ValueType.Text => Text(text, field.MaxLength),
            ValueType.Email => Text(text, field.MaxLength) is { Flaw: null } mail && !Mail().IsMatch(text) ? ParsedValue.No(ImportMessages.EmailForm) : Text(text, field.MaxLength),
            ValueType.Amount => Amount(text),
            ValueType.Currency => Money.IsCode(text) ? ParsedValue.Of(text) : ParsedValue.No(ImportMessages.CurrencyForm),
            ValueType.Date => Local(text) is { } day ? ParsedValue.Of(DateOnly.FromDateTime(day)) : ParsedValue.No(DateFlaw(text)),
            ValueType.Role => Named<Role>(text),
            ValueType.CustomerType => Named<CustomerType>(text),
            ValueType.Source => Code(text, reference.Sources),
            ValueType.LossReason => Code(text, reference.LossReasons),
            ValueType.Team => Reference(RecordKind.Team, text),
            ValueType.User => Reference(RecordKind.User, text),
            ValueType.Product => Reference(RecordKind.Product, text),
            ValueType.Customer => Reference(RecordKind.Customer, text),
        };

    /// <summary>The instant at which something happened; a date is the start of that day in the mapping's zone.</summary>
    public ParsedValue Instant(string text, DateTimeOffset now)
    {
        if (Local(text) is not { } local)
        {
            return ParsedValue.No(DateFlaw(text));
        }

        // A clock that is put forward at midnight has no such instant: the day starts an hour later.
        var there = _zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        var instant = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(there, _zone), TimeSpan.Zero);
        return instant > now ? ParsedValue.No(ImportMessages.InFuture) : ParsedValue.Of(instant);
    }

    private DateTime? Local(string text) =>
        DateTime.TryParseExact(text, _dateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local >= Earliest ? local : null;

    private string DateFlaw(string text) =>
        DateTime.TryParseExact(text, _dateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? ImportMessages.TooEarly
            : ImportMessages.DateForm(string.Join(", ", mapping.DateFormats));

    private static ParsedValue Text(string text, int maxLength) =>
        text.Length > maxLength ? ParsedValue.No(ImportMessages.TooLong(maxLength))
        : FieldRules.IsClean(text) ? ParsedValue.Of(text)
        : ParsedValue.No(ImportMessages.ControlCharacter);

    private ParsedValue Amount(string text)
    {
        if (!_number.IsMatch(text))
        {
            return ParsedValue.No(ImportMessages.NumberForm($"1{mapping.ThousandsSeparator}234{mapping.DecimalSeparator}50"));
        }

        var plain = mapping.ThousandsSeparator is { Length: > 0 } separator ? text.Replace(separator, "", StringComparison.Ordinal) : text;
        plain = plain.Replace(mapping.DecimalSeparator, ".", StringComparison.Ordinal);
        if (!decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount > Money.Limit)
        {
            return ParsedValue.No(ImportMessages.AmountTooLarge);
        }

        return amount < 0 ? ParsedValue.No(ImportMessages.AmountNegative)
            : decimal.Round(amount, 4) != amount ? ParsedValue.No(ImportMessages.AmountDecimals)
            : ParsedValue.Of(amount);
    }

    private static Regex Number(ImportMapping mapping)
    {
        var whole = mapping.ThousandsSeparator is { Length: > 0 } separator ? $@"(\d+|\d{{1,3}}({Regex.Escape(separator)}\d{{3}})+)" : @"\d+";
        return new Regex($@"^-?{whole}({Regex.Escape(mapping.DecimalSeparator)}\d+)?$", RegexOptions.CultureInvariant);
    }

    private static ParsedValue Named<T>(string text) where T : struct, Enum => WireNames.TryParse<T>(text, out var value)
        ? ParsedValue.Of(value)
        : ParsedValue.No(ImportMessages.OneOf(string.Join(", ", Enum.GetValues<T>().Select(one => one.ToWire()))));

    private static ParsedValue Code(string text, IReadOnlySet<string> known) =>
        known.Contains(text) ? ParsedValue.Of(text) : ParsedValue.No(ImportMessages.OneOf(string.Join(", ", known)));

    private ParsedValue Reference(RecordKind kind, string text)
    {
        var found = reference.Find(kind, text);
        return found.Count switch
        {
            1 when reference.IsArchived(found[0]) => ParsedValue.No(ImportMessages.ArchivedCustomer),
            1 => ParsedValue.Of(found[0]),
            0 => ParsedValue.No(ImportMessages.UnknownReference(ImportMessages.Kind(kind.ToString()))),
            _ => ParsedValue.No(ImportMessages.AmbiguousReference(ImportMessages.Kind(kind.ToString()))),
        };
    }

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex Mail();
}
