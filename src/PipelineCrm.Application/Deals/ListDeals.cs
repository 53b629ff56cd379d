using FluentValidation;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Deals;

/// <summary>Which deals a list holds; everything unset: all that the reader may see.</summary>
/// <param name="Team">Includes its subtree.</param>
/// <param name="Search">Part of the title, or of the customer's name, mail or phone.</param>
/// <param name="Archived">Archived ones instead of the others.</param>
public sealed record DealFilter(
    Stage? Stage = null,
    Outcome? Outcome = null,
    UserId? Owner = null,
    TeamId? Team = null,
    CustomerId? Customer = null,
    string? Source = null,
    string? Search = null,
    bool Archived = false);

/// <summary>Deals by their age, oldest first; void ones left out, archived ones unless they are asked for.</summary>
public static class ListDeals
{
    public sealed record Query(DealFilter Filter, PageRequest Page) : IRequest<Page<DealView>>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            this.AddPage(x => x.Page, after => Guid.TryParse(after, out _));
            this.AddFilter(x => x.Filter.Search, x => x.Filter.Source);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors) : IHandler<Query, Page<DealView>>
    {
        public async Task<Result<Page<DealView>>> Handle(Query request, CancellationToken ct)
        {
            var (connection, filter, page) = (db.Connection, request.Filter, request.Page);
            var predicate = await BoardPredicate.Build(connection, actors.Current, new BoardFilter(filter.Owner, filter.Team, filter.Search, filter.Source), ct);
            var deals = new List<DealView>();
            await new Reads(connection).Named(Sql(predicate, filter, page), Values, row => deals.Add(DealRow.Read(row, actors.Current))).Run(ct);
            return Pages.Cut(deals, page.Limit, deal => deal.Id.ToString());

            void Values(NpgsqlParameterCollection values)
            {
                predicate.AddTo(values);
                AddAsked(values, filter, page);
            }
        }

        /// <summary>Only what is asked stands in the text: a plan that is kept for it must not have to suit every question.</summary>
        private static string Sql(BoardPredicate predicate, DealFilter filter, PageRequest page)
        {
            var asked = (filter.Stage is null ? "" : " and d.stage = @stage")
                + (filter.Outcome is null ? "" : " and d.outcome = @outcome")
                + (filter.Customer is null ? "" : " and d.customer_id = @customer")
                + (page.After is null ? "" : " and d.id > @after");
            return $"""
                select {DealRow.Columns} from {DealRow.From}
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
