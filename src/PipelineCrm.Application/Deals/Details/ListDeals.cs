using FluentValidation;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>Deals by their age, oldest first, or by facts; void ones left out, archived ones unless they are asked for.</summary>
public static class ListDeals
{
    /// <param name="Sort">Keys of facts, comma-separated, a minus before those that go downwards.</param>
    public sealed record Query(DealFilter Filter, PageRequest Page, string? Sort = null) : IRequest<Page<DealView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            // With an order the place says which; without one it is an id.
            this.AddPage(x => x.Page, _ => true);
            RuleFor(x => x.Page.After).Must(after => after is null || Guid.TryParse(after, out _))
                .When(x => string.IsNullOrWhiteSpace(x.Sort))
                .WithMessage(_ => FieldMessages.Cursor).OverridePropertyName("after");
            this.AddFilter(x => x.Filter.Search, x => x.Filter.Source);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts, TimeProvider time)
        : IHandler<Query, Page<DealView>>
    {
        public async Task<Result<Page<DealView>>> Handle(Query request, CancellationToken ct)
        {
            var (connection, filter, page, catalog) = (db.Connection, request.Filter, request.Page, await facts.Load(ct));
            var built = await BoardPredicate.Build(
                connection, actors.Current, catalog, time.GetUtcNow(),
                new BoardFilter(filter.Owner, filter.Team, filter.Search, filter.Source, filter.Filter), ct);
            var sort = FactSort.Parse(request.Sort, catalog, FactSubject.Deal, "d.id");
            if ((built.Problem ?? sort.Problem) is { } problem)
            {
                return problem;
            }

            var after = page.After is { } place ? sort.Value?.Read(place) : null;
            if (page.After is not null && sort.Value is not null && after is null)
            {
                return ValidationProblem.ForField("after", FieldMessages.Cursor);
            }

            return await Read(new Wanted(built.Value!, filter, page, sort.Value, after, catalog), ct);
        }

        private async Task<Page<DealView>> Read(Wanted wanted, CancellationToken ct)
        {
            var (catalog, sort) = (wanted.Catalog, wanted.Sort);
            var deals = new List<(DealView Deal, string Place)>();
            await new SqlBatch(db.Connection).QueryNamed(wanted.Sql, wanted.AddTo, row =>
            {
                var deal = DealViewSql.Read(row, actors.Current, catalog);
                deals.Add((deal, sort?.Place(row, DealViewSql.Width(catalog), deal.Id.Value) ?? deal.Id.ToString()));
            }).Run(ct);
            var cut = Paging.ToPage(deals, wanted.Page.Limit, one => one.Place);
            return new Page<DealView>([.. cut.Items.Select(one => one.Deal)], cut.Next);
        }
    }

    private sealed record Wanted(BoardPredicate Predicate, DealFilter Filter, PageRequest Page, FactSort? Sort,
        FactSort.KeysetPredicate? After, FactCatalog Catalog)
    {
        /// <summary>Only what is asked stands in the text: a plan that is cached for it must not have to suit every question. First which
        /// deals a page has, then what is shown of them.</summary>
        public string Sql
        {
            get
            {
                var asked = (Filter.Stage is null ? "" : " and d.stage = @stage")
                    + (Filter.Outcome is null ? "" : " and d.outcome = @outcome")
                    + (Filter.Customer is null ? "" : " and d.customer_id = @customer")
                    + (After is { } following ? $" and {following.Sql}" : Page.After is null ? "" : " and d.id > @after");
                var order = Sort?.OrderBy ?? "d.id";
                return $"""
                    select {DealViewSql.Columns(Catalog)}{Sort?.Columns} from (
                        select d.* from deals d{Sort?.JoinsOfDeal}
                        where not d.void and d.archived_at is {(Filter.Archived ? "not null" : "null")} and {Predicate.Sql}{asked}
                        order by {order} limit @limit) as d {DealViewSql.JoinsOfPage}
                    order by {order}
                    """;
            }
        }

        public void AddTo(NpgsqlParameterCollection values)
        {
            Predicate.AddTo(values);
            Add("stage", (short?)Filter.Stage);
            Add("outcome", (short?)Filter.Outcome);
            Add("customer", Filter.Customer?.Value);
            if (Sort is not null)
            {
                Predicate.AddMoment(values);
            }

            After?.AddTo(values);
            Add("after", After is null && Page.After is { } after ? Guid.Parse(after) : (Guid?)null);
            values.AddWithValue("limit", Page.Limit + 1);

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
