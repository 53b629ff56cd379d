using FluentValidation;
using PipelineCrm.Localization;

namespace PipelineCrm.UseCases;

/// <summary>What every list asks of its page; the errors are named as the parameters are.</summary>
internal static class PageRules
{
    /// <summary>For lists whose pages end at a <see cref="Cursor"/>.</summary>
    public static void AddPage<T>(this AbstractValidator<T> rules, Func<T, PageRequest> page) =>
        rules.AddPage(page, after => Cursor.TryRead(after, out _));

    /// <param name="isKey">Whether a page may begin after that.</param>
    public static void AddPage<T>(this AbstractValidator<T> rules, Func<T, PageRequest> page, Func<string, bool> isKey)
    {
        rules.RuleFor(query => page(query).Limit).InclusiveBetween(1, PageRequest.MaxLimit).WithMessage(_ => FieldMessages.PageLimit)
            .OverridePropertyName("limit");
        rules.RuleFor(query => page(query).After).Must(after => after is null || isKey(after)).WithMessage(_ => FieldMessages.Cursor)
            .OverridePropertyName("after");
    }
}
