using System.Text;
using Npgsql;

namespace PipelineCrm.Persistence.Sql;

/// <summary>
/// What somebody looks for in names, mails, phones and titles: forgiving of case, width and spaces. The database keeps what it is held
/// against in search_texts, in the form of its function search_form.
/// </summary>
internal sealed class SearchText
{
    /// <summary>Fewer digits are no part of a phone number.</summary>
    private const int FewestDigits = 3;

    private const string PhoneMarks = "+-()/. \t\u00a0";

    private SearchText(string text)
    {
        Text = text;
        Form = NameNormalization.Of(text).ToLowerInvariant();
        var plain = text.Normalize(NormalizationForm.FormKC).Replace("(0)", "", StringComparison.Ordinal);
        var digits = string.Concat(plain.Where(char.IsAsciiDigit));
        Digits = digits.Length >= FewestDigits
            && plain.All(letter => char.IsAsciiDigit(letter) || PhoneMarks.Contains(letter, StringComparison.Ordinal))
            ? digits.TrimStart('0')
            : null;
    }

    /// <summary>Whether the digits are in a phone of a row s of search_texts; found by the index of all its text.</summary>
    public const string HoldsDigits = "s.content like @search_digits and s.more like @search_digits";

    /// <summary>As it was typed, trimmed.</summary>
    public string Text { get; }

    public string Form { get; }

    /// <summary>Of what looks like a phone number, without the zeros that stand for a country or an area; null for anything else.</summary>
    public string? Digits { get; }

    /// <summary>Whether two neighbouring characters are no ASCII, so that the index of pairs can answer.</summary>
    public bool HasPairs => Form.Length > 1
        && Enumerable.Range(1, Form.Length - 1).Any(i => !char.IsAscii(Form[i]) && !char.IsAscii(Form[i - 1]));

    /// <summary>Null where nothing is looked for.</summary>
    public static SearchText? Of(string? typed) => FieldRules.TrimToNull(typed) is { } text ? new SearchText(text) : null;

    /// <summary>Whether a row s of search_texts holds it; the parameters are those of <see cref="AddTo"/>.</summary>
    public string Matches => $"({Holds}{(Digits is { Length: > 0 } ? $" or {HoldsDigits}" : "")})";

    /// <summary>Whether it is in the title of a deal d, or in the name, mail or phone of its customer.</summary>
    public string OfDeal => $"(d.id in ({Found(3)}) or d.customer_id in ({Found(1)}))";

    /// <summary>Whether it is in the name, mail or phone of a customer c.</summary>
    public string OfCustomer => $"c.id in ({Found(1)})";

    private string Holds => "s.content like search_like(@search)"
        + (HasPairs ? " and s.pairs @> search_pairs(search_form(@search)) and cardinality(s.pairs) > 0" : "");

    /// <param name="kind">The number of the table of texts for customers or deals.</param>
    private string Found(int kind) => $"select s.id from search_texts s where s.kind = {kind} and {Matches}";

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.AddWithValue("search", Text);
        if (Digits is { Length: > 0 } digits)
        {
            parameters.AddWithValue("search_digits", $"%{digits}%");
        }
    }
}
