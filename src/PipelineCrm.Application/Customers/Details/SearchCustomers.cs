using FluentValidation;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Customers;

/// <summary>A few customers for a picker, found by name, mail or phone: names that begin with the text first.</summary>
public static class SearchCustomers
{
    public sealed record Query(string Text, int Limit = 8) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="Items">At most as many as asked for.</param>
    public sealed record Answer(IReadOnlyList<CustomerHit> Items);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Text).CleanText(Customer.NameLength);
            RuleFor(q => q.Limit).InclusiveBetween(1, PageRequest.MaxLimit).WithMessage(_ => FieldMessages.PageLimit);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, Answer>
    {
        /// <param name="sees">Whose deals the reader sees; <see cref="AddTo"/> gives them to the statement.</param>
        public static string Columns(OwnerSet sees) => $"""
            c.id, c.name, c.type, case when not c.placeholder then c.status end, c.email, c.phone, c.status_stage,
            (select o.display_name from deals d join users o on o.id = d.owner_id
             where d.customer_id = c.id and not d.void and d.archived_at is null {(sees.Ids is null ? "" : "and d.owner_id = any(@owners)")}
             order by d.created_at desc, d.id desc limit 1)
            """;

        public static void AddTo(NpgsqlParameterCollection values, OwnerSet sees)
        {
            if (sees.Ids is { } ids)
            {
                values.AddWithValue("owners", ids);
            }
        }

        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var (search, sees, hits) = (SearchText.Of(request.Text), actors.Current.Sees, new List<CustomerHit>());
            await new SqlBatch(db.Connection).QueryNamed(Sql(search, Columns(sees)), Values, row => hits.Add(Read(row))).Run(ct);
            return new Answer(hits);

            void Values(NpgsqlParameterCollection values)
            {
                search?.AddTo(values);
                AddTo(values, sees);
                values.AddWithValue("limit", request.Limit);
            }
        }

        private static string Sql(SearchText? search, string columns) => search is null
            ? $"select {columns} from customers c where c.archived_at is null order by c.name collate {NameOrder.Collation}, c.id limit @limit"
            : $"""
              select {columns} from search_texts s join customers c on c.id = s.id
              where s.kind = 1 and {search.Matches} and c.archived_at is null
              order by starts_with(s.name, search_form(@search)) desc, c.name collate {NameOrder.Collation}, c.id limit @limit
              """;

        public static CustomerHit Read(NpgsqlDataReader row) =>
            new(new CustomerId(row.GetGuid(0)), row.GetString(1), (CustomerType)row.GetInt16(2), (PurchaseStatus?)row.GetOrNull<short>(3))
            {
                Email = row.GetTextOrNull(4),
                Phone = row.GetTextOrNull(5),
                StatusStage = (Stage?)row.GetOrNull<short>(6),
                OwnerName = row.GetTextOrNull(7),
            };
    }
}
