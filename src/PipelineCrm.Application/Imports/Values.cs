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
internal sealed partial class Values(ImportMapping mapping, ImportCatalog catalog, string baseCurrency)
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
            ValueType.Currency => Common.Money.IsCode(text) ? Value.Of(text) : Value.No(ImportText.CurrencyForm),
            ValueType.Date => Local(text) is { } day ? Value.Of(DateOnly.FromDateTime(day)) : Value.No(DateFlaw(text)),
            ValueType.Role => Named<Role>(text),
            ValueType.Listed => Listed(field.Fact!, text) is { } code ? Value.Of(code) : Value.No(ImportText.OneOf(CodesOf(field.Fact!))),
            ValueType.Many => Many(field.Fact!, text),
            ValueType.Number => Number(text),
            ValueType.Money => Money(text),
            ValueType.Flag => text switch
            {
                "true" or "yes" or "1" or "是" => Value.Of(true),
                "false" or "no" or "0" or "否" => Value.Of(false),
                _ => Value.No(ImportText.OneOf("true, false")),
            },
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

    private Value Amount(string text) => Number(text) switch
    {
        { Content: < 0m } => Value.No(ImportText.AmountNegative),
        var amount => amount,
    };

    private Value Number(string text)
    {
        if (!_number.IsMatch(text))
        {
            return Value.No(ImportText.NumberForm($"1{mapping.ThousandsSeparator}234{mapping.DecimalSeparator}50"));
        }

        var plain = mapping.ThousandsSeparator is { Length: > 0 } separator ? text.Replace(separator, "", StringComparison.Ordinal) : text;
        plain = plain.Replace(mapping.DecimalSeparator, ".", StringComparison.Ordinal);
        return !decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || Math.Abs(number) > Common.Money.Limit ? Value.No(ImportText.AmountTooLarge)
            : decimal.Round(number, 4) != number ? Value.No(ImportText.AmountDecimals)
            : Value.Of(number);
    }

    /// <summary>"1,234.50 EUR", or without a currency in the organisation's.</summary>
    private Value Money(string text)
    {
        var currency = text.Length > 3 && Common.Money.IsCode(text[^3..]) ? text[^3..] : null;
        var amount = Amount(currency is null ? text : text[..^3].TrimEnd());
        return amount.Content is decimal known ? Value.Of(new Money(known, currency ?? baseCurrency)) : amount;
    }

    /// <summary>By code, or by either name.</summary>
    private static string? Listed(FactDefinition fact, string text) => fact.Choices!.Listed!.Where(choice => choice.Offered).FirstOrDefault(choice =>
        choice.Code == text || string.Equals(choice.Name.En, text, StringComparison.OrdinalIgnoreCase) || choice.Name.Chinese == text)?.Code;

    private static string CodesOf(FactDefinition fact) => string.Join(", ", fact.Choices!.Listed!.Where(choice => choice.Offered).Select(choice => choice.Code));

    private static Value Many(FactDefinition fact, string text)
    {
        var codes = text.Split([';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(one => Listed(fact, one)).ToList();
        return codes.Contains(null) ? Value.No(ImportText.OneOf(CodesOf(fact))) : Value.Of(codes.OfType<string>().ToArray());
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
