using FluentValidation;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.Customers;

/// <summary>A few customers for a picker, found by name, mail or phone: names that begin with the text first.</summary>
public static class SearchCustomers
{
    public sealed record Query(string Text, int Limit = 8) : IRequest<Answer>
    {
        public static Access Access => Access.SignedIn;
    }

    /// <param name="Items">At most as many as asked for.</param>
    public sealed record Answer(IReadOnlyList<CustomerHit> Items);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Text).CleanText(Customer.NameLength);
            RuleFor(q => q.Limit).InclusiveBetween(1, PageRequest.MaxLimit).WithMessage(_ => FieldText.PageLimit);
        }
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, Answer>
    {
        public const string Columns = "c.id, c.name, c.type, case when not c.placeholder then c.status end";

        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var (search, hits) = (SearchText.Of(request.Text), new List<CustomerHit>());
            await new Reads(db.Connection).Named(Sql(search), Values, row => hits.Add(Read(row))).Run(ct);
            return new Answer(hits);

            void Values(NpgsqlParameterCollection values)
            {
                search?.AddTo(values);
                values.AddWithValue("limit", request.Limit);
            }
        }

        private static string Sql(SearchText? search) => search is null
            ? $"select {Columns} from customers c where c.archived_at is null order by c.name collate {NameOrder.Collation}, c.id limit @limit"
            : $"""
              select {Columns} from search_texts s join customers c on c.id = s.id
              where s.kind = 1 and {search.Matches} and c.archived_at is null
              order by starts_with(s.name, search_form(@search)) desc, c.name collate {NameOrder.Collation}, c.id limit @limit
              """;

        public static CustomerHit Read(NpgsqlDataReader row) =>
            new(new CustomerId(row.GetGuid(0)), row.GetString(1), (CustomerType)row.GetInt16(2), (PurchaseStatus?)row.Maybe<short>(3));
    }
}

/// <summary>A customer in a picker.</summary>
public sealed record CustomerHit(CustomerId Id, string Name, CustomerType Type, PurchaseStatus? Status);
