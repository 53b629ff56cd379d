using FluentValidation;
using Npgsql;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>Deals by their age, oldest first; void ones left out, archived ones unless they are asked for.</summary>
public static class ListDeals
{
    public sealed record Query(DealFilter Filter, PageRequest Page) : IRequest<Page<DealView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            this.AddPage(x => x.Page, after => Guid.TryParse(after, out _));
            this.AddFilter(x => x.Filter.Search, x => x.Filter.Source);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, Page<DealView>>
    {
        public async Task<Result<Page<DealView>>> Handle(Query request, CancellationToken ct)
        {
            var (connection, filter, page) = (db.Connection, request.Filter, request.Page);
            var predicate = await BoardPredicate.Build(connection, actors.Current, new BoardFilter(filter.Owner, filter.Team, filter.Search, filter.Source), ct);
            var deals = new List<DealView>();
            await new SqlBatch(connection).QueryNamed(Sql(predicate, filter, page), Values, row => deals.Add(DealViewSql.Read(row, actors.Current))).Run(ct);
            return Paging.ToPage(deals, page.Limit, deal => deal.Id.ToString());

            void Values(NpgsqlParameterCollection values)
            {
                predicate.AddTo(values);
                AddAsked(values, filter, page);
            }
        }

        /// <summary>Only what is asked stands in the text: a plan that is cached for it must not have to suit every question.</summary>
        private static string Sql(BoardPredicate predicate, DealFilter filter, PageRequest page)
        {
            var asked = (filter.Stage is null ? "" : " and d.stage = @stage")
                + (filter.Outcome is null ? "" : " and d.outcome = @outcome")
                + (filter.Customer is null ? "" : " and d.customer_id = @customer")
                + (page.After is null ? "" : " and d.id > @after");
            return $"""
                select {DealViewSql.Columns} from {DealViewSql.From}
                where not d.void and d.archived_at is {(filter.Archived ? "not null" : "null")} and {predicate.Sql}{asked}
                order by d.id limit @limit
                """;
        }

        private static void AddAsked(NpgsqlParameterCollection values, DealFilter filter, PageRequest page)
        {
            Add("stage", (short?)filter.Stage);
            Add("outcome", (short?)filter.Outcome);
            Add("customer", filter.Customer?.Value);
            Add("after", page.After is { } after ? Guid.Parse(after) : (Guid?)null);
            values.AddWithValue("limit", page.Limit + 1);

            void Add<T>(string name, T? value) where T : struct
            {
                if (value is { } given)
                {
                    values.AddWithValue(name, given);
                }
            }
        }
    }
}
