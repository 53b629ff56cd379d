using FluentValidation;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Lists;

/// <summary>What every question of a list is asked, before the catalogue reads its conditions and its order.</summary>
internal static class ListRules
{
    public static void AddQuestion<T>(this AbstractValidator<T> rules, Func<T, ListQuestion> question)
    {
        rules.RuleFor(x => question(x).Search).CleanText(Deal.TitleLength).OverridePropertyName("search");
        rules.RuleFor(x => question(x).Subject).IsInEnum().OverridePropertyName("subject");
    }
}
