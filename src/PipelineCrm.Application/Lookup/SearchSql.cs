using System.Globalization;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Lookup;

/// <summary>
/// The statements of a search. Each way of finding gives a bounded number of candidates, so that a common word costs no more
/// than a rare one; then the rows themselves are joined, for what they are called and for the rights.
/// </summary>
internal sealed class SearchSql(SearchText text, OwnerSet sees)
{
    /// <summary>How alike two spellings are at least, from 0 to 1.</summary>
    public static readonly string Alike = 0.45.ToString(CultureInfo.InvariantCulture);

    private const int Candidates = 100;
    private const int ShortestPart = 3;
    private const int ShortestMistyped = 4;
    private const int LongestMistyped = 30;
    private const int MostWords = 5;

    /// <summary>
    /// Ways, best first: the whole name, its beginning, a word's beginning, a part, all words, mail or phone, one slip of the finger,
    /// alike.
    /// </summary>
    private const string Way = """
        case when s.name = @form then 0 when starts_with(s.name, @form) then 1
             when strpos(s.name, ' ' || @form) > 0 then 2 when strpos(s.name, @form) > 0 then 3
             when s.more = '' then 4 when strpos(s.more, @form) = 0 then 4 else 5 end
        """;

    private readonly string[] _words = [.. text.Form.Split(' ').Distinct().Take(MostWords)];

    /// <summary>Letters only: a number is not mistyped but another one.</summary>
    public bool MayBeMistyped => text.Form.Length is >= ShortestMistyped and <= LongestMistyped
        && text.Form.Any(char.IsLetter) && !text.Form.Any(char.IsDigit) && !text.HasPairs;

    private string Deals => sees.Ids is null ? "s.kind = 3" : "s.kind = 3 and s.owner_id = any(@owners)";

    private bool HasParts => text.Form.Length >= ShortestPart || text.HasPairs;

    public string Exact => Found(Beginnings,
        [.. HasParts ? Parts(Way, Part) : [], .. text.Digits is { Length: > 0 } ? Parts("5", SearchText.HoldsDigits) : []], "");

    public string Mistyped => Found(Parts("6", "s.content like any(@slips)"), Parts("7", "@form <% s.content"),
        "1 - word_similarity(@form, f.content), ");

    public void AddTo(NpgsqlParameterCollection values)
    {
        text.AddTo(values);
        values.AddWithValue("form", text.Form);
        values.AddWithValue("beyond", text.Form + "\U0010FFFF");
        values.AddWithValue("words", _words.Select(word => LikePattern.Containing(word)).ToArray());
        values.AddWithValue("slips", Slips(text.Form).Distinct().Select(slip => LikePattern.Containing(slip)).ToArray());
        if (sees.Ids is { } ids)
        {
            values.AddWithValue("owners", ids);
        }
    }

    /// <summary>All words, in whatever order.</summary>
    private string Part =>
        string.Join(" and ",
            _words.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"s.content like (@words::text[])[{i + 1}]")))
        + (text.HasPairs ? " and s.pairs @> search_pairs(@form) and cardinality(s.pairs) > 0" : "");

    private string[] Beginnings =>
    [
        Beginning("search_texts s", "s.kind = 1"),
        Beginning("search_texts s", "s.kind = 2"),
        // Each owner's own are read in order, so that nobody reads past everybody's.
        sees.Ids is null
            ? Beginning("search_texts s", "s.kind = 3")
            : $"select b.* from unnest(@owners) o(id) cross join lateral ({Beginning("search_texts s", "s.kind = 3 and s.owner_id = o.id")}) b",
    ];

    private static string Beginning(string from, string which) => $"""
        select s.kind, s.id, s.content, case when s.name = @form then 0 else 1 end as way from {from}
        where {which} and s.name collate "C" >= @form and s.name collate "C" < @beyond order by s.name collate "C" limit {Candidates}
        """;

    private string[] Parts(string way, string condition) =>
    [
        $"select s.kind, s.id, s.content, {way} as way from search_texts s where s.kind in (1, 2) and {condition} limit {Candidates}",
        $"select s.kind, s.id, s.content, {way} as way from search_texts s where {Deals} and {condition} limit {Candidates}",
    ];

    private string Found(string[] better, string[] worse, string unlike) => $"""
        with better as ({Any(better)}),
        found as (select * from better{(worse.Length > 0 ? Otherwise(Any(worse)) : "")}),
        f as (select kind, id, content, min(way) as way from found group by 1, 2, 3)
        select f.kind, f.id, coalesce(c.name, x.name, d.title) as title, case f.kind when 1 then coalesce(c.email, c.phone) else of.name end, of.id
        from f
        left join customers c on f.kind = 1 and c.id = f.id
        left join contacts x on f.kind = 2 and x.id = f.id
        left join deals d on f.kind = 3 and d.id = f.id and not d.void and d.archived_at is null
            {(sees.Ids is null ? "" : "and d.owner_id = any(@owners)")}
        join customers of on of.id = coalesce(c.id, x.customer_id, d.customer_id) and (of.archived_at is null or f.kind = 3)
        order by f.way, {unlike}length(f.content), title collate {NameOrder.Collation}, f.id
        limit {Search.Most}
        """;

    /// <summary>Worse ways are not gone where the better ones found enough.</summary>
    private static string Otherwise(string ways) =>
        $" union all select * from ({ways}) worse where (select count(*) from better) < {Candidates}";

    private static string Any(string[] ways) => string.Join(" union all ", ways.Select(way => $"({way})"));

    /// <summary>What was meant where two neighbouring letters changed places, or one is too many.</summary>
    private static IEnumerable<string> Slips(string form)
    {
        for (var i = 1; i < form.Length; i++)
        {
            yield return string.Concat(form.AsSpan(0, i - 1), $"{form[i]}{form[i - 1]}", form.AsSpan(i + 1));
        }

        for (var i = 0; form.Length > ShortestMistyped && i < form.Length; i++)
        {
            yield return form.Remove(i, 1);
        }
    }
}
