using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Customers;

/// <summary>What the fields of a customer must be.</summary>
internal static class CustomerFieldRules
{
    /// <summary>What is wrong with built-in fields is told together with the rest of the request; the catalogue in use says it
    /// all.</summary>
    public static void AddFields<T>(this AbstractValidator<T> rules, Func<T, CustomerFields> fields, CodeLookup codes) =>
        rules.RuleFor(x => x).CustomAsync(async (request, context, ct) =>
        {
            var flaws = SubmittedFields.Flaws(fields(request), FactCatalog.BuiltIn, FactSubject.Customer, null, "")
                .Where(flaw => FactCatalog.BuiltIn.Field(FactSubject.Customer, flaw.Key) is not null).ToList();
            foreach (var fact in FactCatalog.BuiltIn.Content(FactSubject.Customer)
                .Where(fact => flaws.TrueForAll(flaw => flaw.Key != fact.Field)))
            {
                if (fact.Choices is { Kind: ChoiceKind.Codes, CodeKind: { } kind }
                    && FactJson.Text(fields(request).ValueOf(fact.Field)) is { } code
                    && FieldRules.TrimToNull(code) is { } kept && !await codes.Has(kind, kept, ct))
                {
                    flaws.Add((fact.Field, FieldMessages.UnknownChoice));
                }
            }

            flaws.ForEach(flaw => context.AddFailure(flaw.Key, flaw.Sentence));
        });

    /// <summary>The fields of the request, found sound by the catalogue and by what the database knows.</summary>
    public static async Task<Result<SubmittedFields>> Read(this CustomerFields fields, CrmDbContext db, Actor actor, FactCatalog catalog,
        FactValues before, CancellationToken ct)
    {
        var sent = SubmittedFields.Read(fields, catalog, FactSubject.Customer, before, actor.Organisation.BaseCurrency, "");
        if (!sent.Ok)
        {
            return sent;
        }

        var (known, batch) = (new ChoiceLookup(), new SqlBatch(db.Connection));
        known.AddTo(batch, fields);
        await batch.Run(ct);
        return sent.Value.Invalid(before, before, known, actor.Organisation.BaseCurrency, "") is { } unfit ? unfit : sent;
    }
}
