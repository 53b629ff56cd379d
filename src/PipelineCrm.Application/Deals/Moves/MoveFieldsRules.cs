using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Catalogue;

namespace PipelineCrm.Deals;

/// <summary>What the fields of a deal must be; the same for a move, a new deal and a form.</summary>
internal static class MoveFieldsRules
{
    public const int CodeLength = 100;
    public const int ReasonLength = 2000;

    /// <summary>What is wrong with built-in fields is told together with the rest of the request; the catalogue in use says it
    /// all.</summary>
    /// <param name="prefix">Path of the fields in the request, ending in a point; empty at its root.</param>
    public static void AddFields<T>(this AbstractValidator<T> rules, Func<T, MoveFields> fields,
        string prefix) => rules.RuleFor(x => x).Custom((request, context) =>
    {
        foreach (var (key, sentence) in SubmittedFields.Flaws(fields(request), FactCatalog.BuiltIn, FactSubject.Deal, null, "")
            .Where(flaw => FactCatalog.BuiltIn.Field(FactSubject.Deal, flaw.Key) is not null))
        {
            context.AddFailure(prefix + key, sentence);
        }
    });
}
