using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Customers;

/// <summary>Customers by name, Chinese ones by pinyin, or by facts; archived ones are left out unless they are asked for.</summary>
public static class ListCustomers
{
    /// <param name="Search">Part of the name, the mail or the phone.</param>
    /// <param name="Archived">Archived ones instead of the others.</param>
    /// <param name="Filter">JSON: conditions on facts of customers (docs/api.md, filter).</param>
    /// <param name="Sort">Keys of facts, comma-separated, a minus before those that go downwards.</param>
    public sealed record Query(
        string? Search, PurchaseStatus? Status, PageRequest Page, bool Archived = false, string? Filter = null, string? Sort = null)
        : IRequest<Page<CustomerView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Search).CleanText(Customer.NameLength);
            this.AddPage(q => q.Page, _ => true);
            RuleFor(q => q.Page.After).Must(after => Cursor.TryRead(after, out _)).When(q => string.IsNullOrWhiteSpace(q.Sort))
                .WithMessage(_ => FieldMessages.Cursor).OverridePropertyName("after");
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts, TimeProvider time)
        : IHandler<Query, Page<CustomerView>>
    {
        public async Task<Result<Page<CustomerView>>> Handle(Query request, CancellationToken ct)
        {
            var catalog = await facts.Load(ct);
            var filter = FactFilter.Parse(request.Filter, catalog, FactSubject.Customer);
            var sort = FactSort.Parse(request.Sort, catalog, FactSubject.Customer, "c.id");
            if ((filter.Problem ?? sort.Problem) is { } problem)
            {
                return problem;
            }

            var after = request.Page.After is { } place ? sort.Value?.Read(place) : null;
            if (request.Page.After is not null && sort.Value is not null && after is null)
            {
                return ValidationProblem.ForField("after", FieldMessages.Cursor);
            }

            var page = await Read(new Wanted(request, ConditionSql.Of(filter.Value, catalog), sort.Value, after,
                actors.Current.Organisation, time.GetUtcNow()), ct);
            var ids = page.Items.Select(row => new CustomerId(row.Id)).ToList();
            var views = await db.Customers.Where(c => ids.Contains(c.Id)).Select(CustomerView.From).ToDictionaryAsync(c => c.Id, ct);
            return new Page<CustomerView>([.. ids.Select(id => views[id])], page.Next);
        }

        private async Task<Page<(Guid Id, string Place)>> Read(Wanted wanted, CancellationToken ct)
        {
            var rows = new List<(Guid Id, string Place)>();
            await new SqlBatch(db.Connection).QueryNamed(wanted.Sql, wanted.AddTo, row =>
            {
                var id = row.GetGuid(0);
                rows.Add((id, wanted.Sort?.Place(row, 2, id) ?? new Cursor(row.GetString(1), id).Write()));
            }).Run(ct);
            return Paging.ToPage(rows, wanted.Request.Page.Limit, row => row.Place);
        }
    }

    private sealed record Wanted(Query Request, ConditionSql Facts, FactSort? Sort, FactSort.KeysetPredicate? After,
        OrganisationSettings Organisation, DateTimeOffset Now)
    {
        private SearchText? Search { get; } = SearchText.Of(Request.Search);

        /// <summary>Only what is asked stands in the text: a plan that is cached for it must not have to suit every question.</summary>
        public string Sql
        {
            get
            {
                var asked = (Search is null ? "" : $" and {Search.OfCustomer}")
                    + (Request.Status is null ? "" : " and c.status = @status and not c.placeholder")
                    + (After is { } following ? $" and {following.Sql}"
                        : Request.Page.After is null ? "" : $" and (c.name {NameOrder.Sql}, c.id) > (@name {NameOrder.Sql}, @id)");
                return $"""
                    select c.id, c.name{Sort?.Columns} from customers c
                    where c.archived_at is {(Request.Archived ? "not null" : "null")} and {Facts.Sql}{asked}
                    order by {Sort?.OrderBy ?? $"c.name {NameOrder.Sql}, c.id"} limit @limit
                    """;
            }
        }

        public void AddTo(NpgsqlParameterCollection values)
        {
            Search?.AddTo(values);

            if (Request.Status is { } status)
            {
                values.AddWithValue("status", (short)status);
            }

            if (After is null && Cursor.TryRead(Request.Page.After, out var last) && last is not null)
            {
                values.AddWithValue("name", last.Key);
                values.AddWithValue("id", last.Id);
            }

            Facts.AddTo(values);
            After?.AddTo(values);
            values.AddWithValue("limit", Request.Page.Limit + 1);
            if (SqlTokens.AreIn(Sql))
            {
                values.AddWithValue("today", Organisation.DayOf(Now));
                values.AddWithValue("zone", Organisation.TimeZone);
            }
        }
    }
}
