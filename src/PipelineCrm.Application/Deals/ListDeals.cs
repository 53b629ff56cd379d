using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>Which deals a list holds; everything unset: all that the reader may see.</summary>
/// <param name="Team">Includes its subtree.</param>
/// <param name="Search">Part of the title or of the customer's name.</param>
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
            var (connection, filter, page) = ((NpgsqlConnection)db.Database.GetDbConnection(), request.Filter, request.Page);
            var predicate = await BoardPredicate.Build(connection, actors.Current, new BoardFilter(filter.Owner, filter.Team, filter.Search, filter.Source), ct);
            var sql = $"""
                select {DealRow.Columns} from deals d join customers c on c.id = d.customer_id join users o on o.id = d.owner_id
                where not d.void and d.archived_at is {(filter.Archived ? "not null" : "null")} and {predicate.Sql}{Asked(filter, page)}
                order by d.id limit @limit
                """;
            var deals = await Read(connection, sql, predicate, filter, page, ct);
            return Pages.Cut(deals, page.Limit, deal => deal.Id.ToString());
        }

        /// <summary>Only what is asked stands in the text: a plan that is kept for it must not have to suit every question.</summary>
        private static string Asked(DealFilter filter, PageRequest page) =>
            (filter.Stage is null ? "" : " and d.stage = @stage")
            + (filter.Outcome is null ? "" : " and d.outcome = @outcome")
            + (filter.Customer is null ? "" : " and d.customer_id = @customer")
            + (page.After is null ? "" : " and d.id > @after");

        [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "Composed of constants; every value is a parameter.")]
        private async Task<List<DealView>> Read(
            NpgsqlConnection connection, string sql, BoardPredicate predicate, DealFilter filter, PageRequest page, CancellationToken ct)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            predicate.AddTo(command.Parameters);
            Add("stage", (short?)filter.Stage);
            Add("outcome", (short?)filter.Outcome);
            Add("customer", filter.Customer?.Value);
            Add("after", page.After is { } after ? Guid.Parse(after) : (Guid?)null);
            command.Parameters.AddWithValue("limit", page.Limit + 1);
            var deals = new List<DealView>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                deals.Add(DealRow.Read(reader, actors.Current));
            }

            return deals;

            void Add<T>(string name, T? value) where T : struct
            {
                if (value is { } given)
                {
                    command.Parameters.AddWithValue(name, given);
                }
            }
        }
    }
}

/// <summary>What every list asks of its page.</summary>
internal static class PageRules
{
    public static void AddPage<T>(this AbstractValidator<T> rules, Func<T, PageRequest> page, Func<string, bool> isKey)
    {
        rules.RuleFor(x => page(x).Limit).InclusiveBetween(1, PageRequest.MaxLimit).WithMessage(_ => FieldText.PageLimit).OverridePropertyName("limit");
        rules.RuleFor(x => page(x).After).Must(after => after is null || isKey(after)).WithMessage(_ => FieldText.Cursor).OverridePropertyName("after");
    }

    /// <summary>Text that somebody looks for: the same demands as on what could be found.</summary>
    public static void AddFilter<T>(this AbstractValidator<T> rules, Func<T, string?> search, Func<T, string?> source)
    {
        rules.RuleFor(x => search(x)).CleanText(Deal.TitleLength).OverridePropertyName("search");
        rules.RuleFor(x => source(x)).CleanText(MoveFieldsRules.CodeLength).OverridePropertyName("source");
    }
}
