using FluentValidation;
using Npgsql;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Lookup;

/// <summary>Looks through customers, contacts and the deals that the reader may see: best first, typing errors forgiven.</summary>
public static class Search
{
    public const int Most = 20;

    public sealed record Query(string? Q) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="Items">Best first, at most <see cref="Most"/>; none where nothing is looked for.</param>
    public sealed record Answer(IReadOnlyList<SearchHit> Items);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(query => query.Q).CleanText(Customer.NameLength);
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            if (SearchText.Of(request.Q) is not { } text)
            {
                return new Answer([]);
            }

            var (search, hits) = (new SearchSql(text, actors.Current.Sees), new List<SearchHit>());
            var trigrams = false;
            await new SqlBatch(db.Connection)
                .Query("select exists (select from pg_extension where extname = 'pg_trgm')", row => trigrams = row.GetBoolean(0))
                .QueryNamed(search.Exact, search.AddTo, row => hits.Add(Read(row)))
                .Run(ct);
            if (hits.Count == 0 && trigrams && search.MayBeMistyped)
            {
                await Forgive(search, hits, ct);
            }

            return new Answer(hits);
        }

        /// <summary>What is spelt alike. How alike is a setting of the session, so it is set within a transaction.</summary>
        private async Task Forgive(SearchSql search, List<SearchHit> hits, CancellationToken ct)
        {
            var batch = new SqlBatch(db.Connection);
            if (db.Database.CurrentTransaction is null)
            {
                batch.Execute("begin");
            }

            batch.Lock($"select set_config('pg_trgm.word_similarity_threshold', '{SearchSql.Alike}', true)")
                .QueryNamed(search.Mistyped, search.AddTo, row => hits.Add(Read(row)));
            await (db.Database.CurrentTransaction is null ? batch.Execute("commit") : batch).Run(ct);
        }

        private static SearchHit Read(NpgsqlDataReader row) =>
            new((SearchType)row.GetInt16(0), row.GetGuid(1), row.GetString(2), row.GetTextOrNull(3), new CustomerId(row.GetGuid(4)));
    }
}

/// <summary>What was found: the number is that of the table of texts.</summary>
public enum SearchType
{
    Customer = 1,
    Contact = 2,
    Deal = 3,
}

/// <param name="Title">A name, or a deal's title.</param>
/// <param name="Subtitle">Of a deal and a contact the customer's name, of a customer mail or phone.</param>
/// <param name="CustomerId">The customer itself, or the one that it belongs to.</param>
public sealed record SearchHit(SearchType Type, Guid Id, string Title, string? Subtitle, CustomerId CustomerId);
