using System.Globalization;
using System.Text;
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
internal sealed partial class ValueParser(ImportMapping mapping, string zone, ImportReferenceData reference, string baseCurrency)
{
    /// <summary>Instants with an offset of their own (ISO 8601), which say what they mean whatever the mapping's formats.</summary>
    private static readonly string[] OwnOffset =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
            "yyyy-MM-dd HH:mm:ss.FFFFFFF K"];

    private readonly string[] _dateFormats = [.. mapping.DateFormats];
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
    private readonly Regex _number = Number(mapping);

    public ParsedValue Read(ImportField field, string? text) => text is null
        ? field.Required ? ParsedValue.No(ImportMessages.Required) : ParsedValue.Of(null)
        : field.Type switch
        {
            ValueType.Text => Text(text, field.MaxLength),
            ValueType.Email => Text(text, field.MaxLength) is { Flaw: null } mail && !Mail().IsMatch(text)
                ? ParsedValue.No(ImportMessages.EmailForm) : Text(text, field.MaxLength),
            ValueType.Phone => Text(text, field.MaxLength) is { Flaw: null } && !FormRules.IsPhone(text)
                ? ParsedValue.No(FormMessages.Phone) : Text(text, field.MaxLength),
            ValueType.Amount => Amount(text),
            ValueType.Currency => Currencies.CodeOf(text) is { } code ? ParsedValue.Of(code)
                : ParsedValue.No(FieldMessages.CurrencyUnknown(text)),
            ValueType.Date => Day(text),
            ValueType.Role => Named<Role>(text),
            ValueType.Listed => Listed(field.Fact!, text) is { } code ? ParsedValue.Of(code)
                : ParsedValue.No(ImportMessages.OneOf(CodesOf(field.Fact!))),
            ValueType.Many => Many(field.Fact!, text),
            ValueType.Number => Number(text),
            ValueType.Money => Money(text),
            ValueType.Flag => text switch
            {
                "true" or "yes" or "1" or "是" => ParsedValue.Of(true),
                "false" or "no" or "0" or "否" => ParsedValue.Of(false),
                _ => ParsedValue.No(ImportMessages.OneOf("true, false")),
            },
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
        if (Time(text) is not { } time)
        {
            return NoDate;
        }

        if (DateOnly.FromDateTime(time) < DateBounds.Earliest)
        {
            return ParsedValue.No(ImportMessages.TooEarly);
        }

        // A clock that is put forward at midnight has no such instant: the day starts an hour later.
        var there = time.Kind == DateTimeKind.Unspecified && _zone.IsInvalidTime(time) ? time.AddHours(1) : time;
        var instant = new DateTimeOffset(there.Kind == DateTimeKind.Utc ? there : TimeZoneInfo.ConvertTimeToUtc(there, _zone),
            TimeSpan.Zero);
        return instant > now ? ParsedValue.No(ImportMessages.InFuture) : ParsedValue.Of(instant);
    }

    private ParsedValue NoDate => ParsedValue.No(ImportMessages.DateForm(string.Join(", ", mapping.DateFormats)));

    /// <summary>A date; of an instant with its own offset the day that it is in the mapping's zone.</summary>
    private ParsedValue Day(string text)
    {
        if (Time(text) is not { } time)
        {
            return NoDate;
        }

        var day = DateOnly.FromDateTime(time.Kind == DateTimeKind.Utc ? TimeZoneInfo.ConvertTimeFromUtc(time, _zone) : time);
        return day < DateBounds.Earliest ? ParsedValue.No(ImportMessages.TooEarly)
            : day > DateBounds.Latest ? ParsedValue.No(FieldMessages.DateRange) : ParsedValue.Of(day);
    }

    /// <summary>In UTC where the text has an offset of its own, else as a clock in the mapping's zone shows it; null where it is
    /// neither.</summary>
    private DateTime? Time(string text)
    {
        var plain = text.Normalize(NormalizationForm.FormKC).Trim();
        return Parsed(OwnOffset) is { Kind: DateTimeKind.Utc } own ? own : Parsed(_dateFormats);

        DateTime? Parsed(string[] formats) =>
            DateTime.TryParseExact(plain, formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time
                : null;
    }

    private static ParsedValue Text(string text, int maxLength) =>
        !Characters.AtMost(text, maxLength) ? ParsedValue.No(ImportMessages.TooLong(maxLength))
        : FieldRules.IsClean(text) ? ParsedValue.Of(text)
        : ParsedValue.No(ImportMessages.ControlCharacter);

    private ParsedValue Amount(string text) => Number(text) switch
    {
        { Content: < 0m } => ParsedValue.No(ImportMessages.AmountNegative),
        var amount => amount,
    };

    private ParsedValue Number(string text)
    {
        text = text.Normalize(NormalizationForm.FormKC).Trim();
        if (!_number.IsMatch(text))
        {
            return ParsedValue.No(ImportMessages.NumberForm($"1{mapping.ThousandsSeparator}234{mapping.DecimalSeparator}50"));
        }

        var plain = mapping.ThousandsSeparator is { Length: > 0 } separator ? text.Replace(separator, "", StringComparison.Ordinal) : text;
        plain = plain.Replace(mapping.DecimalSeparator, ".", StringComparison.Ordinal);
        return !decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number)
            || Math.Abs(number) > Kernel.Money.Limit ? ParsedValue.No(ImportMessages.AmountTooLarge)
            : decimal.Round(number, 4) != number ? ParsedValue.No(ImportMessages.AmountDecimals)
            : ParsedValue.Of(number);
    }

    /// <summary>"1,234.50 EUR", or without a currency in the organisation's.</summary>
    private ParsedValue Money(string text)
    {
        var written = text.Length > 3 && text[^3..].All(char.IsLetter) ? text[^3..] : null;
        var amount = Amount(written is null ? text : text[..^3].TrimEnd());
        return amount.Content is not decimal known ? amount
            : (written is null ? baseCurrency : Currencies.CodeOf(written)) is not { } currency
                ? ParsedValue.No(FieldMessages.CurrencyUnknown(written!))
            : FieldRules.MisfitOf(known, currency) is { } misfit ? ParsedValue.No(misfit)
            : ParsedValue.Of(new Money(known, currency));
    }

    /// <summary>By code, or by either name.</summary>
    private static string? Listed(FactDefinition fact,
        string text) => fact.Choices!.Listed!.Where(choice => choice.Offered).FirstOrDefault(choice =>
        choice.Code == text || string.Equals(choice.Name.En, text, StringComparison.OrdinalIgnoreCase)
            || choice.Name.Chinese == text)?.Code;

    private static string CodesOf(FactDefinition fact) =>
        string.Join(", ", fact.Choices!.Listed!.Where(choice => choice.Offered).Select(choice => choice.Code));

    private static ParsedValue Many(FactDefinition fact, string text)
    {
        var codes = text.Split([';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(one => Listed(fact, one)).ToList();
        return codes.Contains(null) ? ParsedValue.No(ImportMessages.OneOf(CodesOf(fact)))
            : ParsedValue.Of(codes.OfType<string>().ToArray());
    }

    private static Regex Number(ImportMapping mapping)
    {
        var whole = mapping.ThousandsSeparator is { Length: > 0 } separator ? $"([0-9]+|[0-9]{{1,3}}({Regex.Escape(separator)}[0-9]{{3}})+)"
            : "[0-9]+";
        return new Regex($"^-?{whole}({Regex.Escape(mapping.DecimalSeparator)}[0-9]+)?$", RegexOptions.CultureInvariant);
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
