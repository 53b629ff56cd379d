using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Customers;

/// <summary>
/// Customers that a new one may be already: of nearly the same name, or of the same mail or phone. For a form to ask; nothing is refused
/// for it, so what is malformed finds nothing here and is told by <see cref="CreateCustomer"/>.
/// </summary>
public static class FindSimilarCustomers
{
    public sealed record Query(string? Name, string? Email = null, string? Phone = null) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    /// <param name="Items">The likest first, at most three.</param>
    public sealed record Answer(IReadOnlyList<CustomerHit> Items);

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, Answer>
    {
        private const int Most = 3;

        /// <summary>So many digits from the end are one phone, whatever is dialled before them.</summary>
        private const int OwnDigits = 8;

        /// <summary>How a company's name may end: nobody takes two for different because only one says it.</summary>
        private const string LegalForms =
            @"([ ,]+(&|co|company|corp|corporation|inc|incorporated|limited|ltd|l\.?l\.?[cp]|p\.?l\.?c|pte|pty|pvt|ag|gmbh|kg|ohg|ug|ab|aps|a/s|oyj?"
            + @"|b\.?v|n\.?v|s\.?a\.?s?|s\.?a\.?r\.?l|s\.?p\.?a|s\.?r\.?l)\.?)+$";

        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var (trigrams, sees, hits) = (false, actors.Current.Sees, new List<CustomerHit>());
            await new SqlBatch(db.Connection)
                .Query("select exists (select from pg_extension where extname = 'pg_trgm')", row => trigrams = row.GetBoolean(0)).Run(ct);
            var (name, mail, phone) = (Kept(request.Name, Customer.NameLength), Kept(request.Email, Customer.EmailLength),
                Kept(request.Phone, Customer.PhoneLength));
            List<string> ways = [.. Ways(name, mail, phone, trigrams)];
            if (ways.Count > 0)
            {
                await new SqlBatch(db.Connection).QueryNamed(Sql(ways, SearchCustomers.Handler.Columns(sees)), Values,
                    row => hits.Add(SearchCustomers.Handler.Read(row))).Run(ct);
            }

            return new Answer(hits);

            void Values(NpgsqlParameterCollection values)
            {
                SearchCustomers.Handler.AddTo(values, sees);
                values.AddWithValue("name", name?.Form ?? "");
                values.AddWithValue("legal_forms", LegalForms);
                values.AddWithValue("mail", mail?.Form ?? "");
                values.AddWithValue("mail_line", LikePattern.Containing(mail?.Form ?? ""));
                values.AddWithValue("phone", $"%{(phone?.Digits is { } digits ? digits[Math.Max(0, digits.Length - OwnDigits)..] : "")}");
            }
        }

        private static SearchText? Kept(string? text, int longest) =>
            FieldRules.IsClean(text) && Characters.AtMost(text ?? "", longest) ? SearchText.Of(text) : null;

        private static IEnumerable<string> Ways(SearchText? name, SearchText? mail, SearchText? phone, bool trigrams)
        {
            if (name is not null)
            {
                yield return "select s.id, 0 as way from search_texts s where s.kind = 1 and s.name collate \"C\" = @name";
                if (name.HasPairs)
                {
                    // Of two Chinese names most of what the longer one says.
                    yield return """
                        select s.id, 2 from search_texts s, search_pairs(@name) p(pairs)
                        where s.kind = 1 and cardinality(s.pairs) > 0 and s.pairs && p.pairs
                          and (select count(*) from unnest(s.pairs) one where one = any(p.pairs)) >= 0.6 * greatest(cardinality(s.pairs), cardinality(p.pairs))
                        """;
                }
                else if (trigrams)
                {
                    yield return """
                        select s.id, 2 from search_texts s, regexp_replace(@name, @legal_forms, '') bare
                        where s.kind = 1 and bare <% s.content and similarity(regexp_replace(s.name, @legal_forms, ''), bare) >= 0.6
                        """;
                }
            }

            if (mail is not null)
            {
                yield return "select s.id, 1 from search_texts s where s.kind = 1 and s.content like @mail_line and split_part(s.more, E'\\n', 1) = @mail";
            }

            if (phone?.Digits is { Length: >= 3 })
            {
                yield return "select s.id, 1 from search_texts s where s.kind = 1 and s.content like @phone";
            }
        }

        private static string Sql(IEnumerable<string> ways, string columns) => $"""
            with found as (select id, min(way) as way from ({string.Join(" union all ", ways.Select(way => $"({way} limit 50)"))}) all_ways group by id)
            select {columns} from found f join customers c on c.id = f.id
            where c.archived_at is null order by f.way, c.name collate {NameOrder.Collation}, c.id limit {Most}
            """;
    }
}
