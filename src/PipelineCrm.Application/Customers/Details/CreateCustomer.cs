using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Customers;

/// <summary>A new customer, without a deal and so without a purchase status yet.</summary>
public static class CreateCustomer
{
    /// <param name="Fields">What is written to it; what it is when nothing is said, the catalogue knows.</param>
    public sealed record Command(CustomerFields Fields) : IRequest<CustomerView>
    {
        /// <summary>With the few fields that a short form has; what is null is not written.</summary>
        public Command(string? Name, CustomerType Type = CustomerType.Organisation, string? Email = null, string? Phone = null,
            string? Source = null)
            : this(Short(Name, Type, Email, Phone, Source))
        {
        }

        public static AccessLevel Access => AccessLevel.Writer;

        private static CustomerFields Short(string? name, CustomerType type, string? email, string? phone, string? source)
        {
            var fields = new CustomerFields { ["name"] = name, ["type"] = type };
            foreach (var (field, value) in new[] { ("email", email), ("phone", phone),
                ("source", source) }.Where(field => field.Item2 is not null))
            {
                fields.And(field, value);
            }

            return fields;
        }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(CodeLookup codes)
        {
            RuleFor(c => c.Fields).Must(fields => fields.Sends("name")).WithMessage(_ => FieldMessages.Required)
                .OverridePropertyName("name");
            this.AddFields(c => c.Fields, codes);
        }
    }

    internal sealed class Handler(CrmDbContext db, RequestContext requestContext, CurrentFactCatalog facts)
        : IHandler<Command, CustomerView>
    {
        public async Task<Result<CustomerView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared({AdvisoryLocks.Rules})", ct);
            var catalog = await facts.LoadAgain(ct);
            var sent = await request.Fields.Read(db, requestContext.Actor, catalog, FactValues.None, ct);
            if (!sent.Ok)
            {
                return sent.Problem;
            }

            var customer = new Customer
            {
                Id = CustomerId.New(),
                Name = "",
                CreatedAt = requestContext.OccurredAt,
                CreatedBy = requestContext.Actor.Id,
                Version = 1,
            };
            var first = FactValues.Of(catalog.OfCustomer.Select(fact => KeyValuePair.Create(fact.Key, fact.Default)));
            CustomerFactMapping.Write(db.Entry(customer), catalog,
                sent.Value.Written(first, requestContext.Actor.Organisation.BaseCurrency));
            db.Add(customer);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return CustomerView.Of(customer);
        }
    }
}
