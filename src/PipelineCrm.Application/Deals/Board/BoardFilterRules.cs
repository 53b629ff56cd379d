using FluentValidation;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Deals;

/// <summary>What every filter over deals asks, of a list as of the board.</summary>
internal static class BoardFilterRules
{
    /// <summary>Text that somebody looks for: the same demands as on what could be found.</summary>
    public static void AddFilter<T>(this AbstractValidator<T> rules, Func<T, string?> search, Func<T, string?> source)
    {
        rules.RuleFor(x => search(x)).CleanText(Deal.TitleLength).OverridePropertyName("search");
        rules.RuleFor(x => source(x)).CleanText(MoveFieldsRules.CodeLength).OverridePropertyName("source");
    }
}
