using FluentValidation;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Texts;

namespace PipelineCrm.Customers;

/// <summary>Fields that are written to a customer.</summary>
public sealed class CustomerFields : FieldValues;

/// <summary>What the fields of a customer must be.</summary>
internal static class CustomerFieldRules
{
    /// <summary>What is wrong with built-in fields is told together with the rest of the request; the catalogue in use says it all.</summary>
    public static void AddFields<T>(this AbstractValidator<T> rules, Func<T, CustomerFields> fields, KnownCodes codes) =>
        rules.RuleFor(x => x).CustomAsync(async (request, context, ct) =>
        {
            var flaws = SentFields.Flaws(fields(request), FactCatalog.BuiltIn, FactSubject.Customer, null, "")
                .Where(flaw => FactCatalog.BuiltIn.Field(FactSubject.Customer, flaw.Key) is not null).ToList();
            foreach (var fact in FactCatalog.BuiltIn.Content(FactSubject.Customer).Where(fact => flaws.TrueForAll(flaw => flaw.Key != fact.Field)))
            {
                if (fact.Choices is { Kind: ChoiceKind.Codes, CodeKind: { } kind } && FactJson.Text(fields(request).ValueOf(fact.Field)) is { } code
                    && FieldRules.Kept(code) is { } kept && !await codes.Has(kind, kept, ct))
                {
                    flaws.Add((fact.Field, FieldText.UnknownChoice));
                }
            }

            flaws.ForEach(flaw => context.AddFailure(flaw.Key, flaw.Sentence));
        });

    /// <summary>The fields of the request, found sound by the catalogue and by what the database knows.</summary>
    public static async Task<Result<SentFields>> Read(this CustomerFields fields, CrmDbContext db, Actor actor, FactCatalog catalog, FactValues before, CancellationToken ct)
    {
        var sent = SentFields.Read(fields, catalog, FactSubject.Customer, before, actor.Organisation.BaseCurrency, "");
        if (!sent.Ok)
        {
            return sent;
        }

        var (known, reads) = (new KnownChoices(), new Reads(db.Connection));
        known.AddTo(reads, fields);
        await reads.Run(ct);
        return sent.Value.Unfit(before, before, known, actor.Organisation.BaseCurrency, "") is { } unfit ? unfit : sent;
    }
}
