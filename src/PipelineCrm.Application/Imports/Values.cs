using System.Globalization;
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
internal sealed partial class Values(ImportMapping mapping, ImportCatalog catalog)
{
    private static readonly DateTime Earliest = new(1900, 1, 1);
    private readonly string[] _dateFormats = [.. mapping.DateFormats];
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(mapping.TimeZone);
    private readonly Regex _number = Number(mapping);

    public Value Read(ImportField field, string? text) => text is null
        ? field.Required ? Value.No(ImportText.Required) : Value.Of(null)
        : field.Type switch
        {
            ValueType.Text => Text(text, field.MaxLength),
            ValueType.Email => Text(text, field.MaxLength) is { Flaw: null } mail && !Mail().IsMatch(text) ? Value.No(ImportText.EmailForm) : Text(text, field.MaxLength),
            ValueType.Amount => Amount(text),
            ValueType.Currency => Money.IsCode(text) ? Value.Of(text) : Value.No(ImportText.CurrencyForm),
            ValueType.Date => Local(text) is { } day ? Value.Of(DateOnly.FromDateTime(day)) : Value.No(DateFlaw(text)),
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
        if (Local(text) is not { } local)
        {
            return Value.No(DateFlaw(text));
        }

        // A clock that is put forward at midnight has no such instant: the day starts an hour later.
        var there = _zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        var instant = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(there, _zone), TimeSpan.Zero);
        return instant > now ? Value.No(ImportText.InFuture) : Value.Of(instant);
    }

    private DateTime? Local(string text) =>
        DateTime.TryParseExact(text, _dateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local >= Earliest ? local : null;

    private string DateFlaw(string text) =>
        DateTime.TryParseExact(text, _dateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? ImportText.TooEarly
            : ImportText.DateForm(string.Join(", ", mapping.DateFormats));

    private static Value Text(string text, int maxLength) =>
        text.Length > maxLength ? Value.No(ImportText.TooLong(maxLength))
        : FieldRules.IsClean(text) ? Value.Of(text)
        : Value.No(ImportText.ControlCharacter);

    private Value Amount(string text)
    {
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
        var whole = mapping.ThousandsSeparator is { Length: > 0 } separator ? $@"(\d+|\d{{1,3}}({Regex.Escape(separator)}\d{{3}})+)" : @"\d+";
        return new Regex($@"^-?{whole}({Regex.Escape(mapping.DecimalSeparator)}\d+)?$", RegexOptions.CultureInvariant);
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
