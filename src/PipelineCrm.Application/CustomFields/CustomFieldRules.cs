using System.Text.RegularExpressions;
using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;

namespace PipelineCrm.CustomFields;

/// <summary>What the names and choices of a field must be.</summary>
internal static partial class CustomFieldRules
{
    public const int MaxPosition = 100_000;

    /// <summary>Both languages; null where nothing is sent.</summary>
    public static void AddName<T>(this AbstractValidator<T> rules, Func<T, LocalizedText?> name)
    {
        rules.RuleFor(x => name(x)!.En).RequiredText(CustomField.NameLength).OverridePropertyName("name.en").When(x => name(x) is not null);
        rules.RuleFor(x => name(x)!.Chinese).RequiredText(CustomField.NameLength).OverridePropertyName("name.zh-CN")
            .When(x => name(x) is not null);
    }

    public static void AddPosition<T>(this AbstractValidator<T> rules, Func<T, int?> position) =>
        rules.RuleFor(x => position(x)).Must(place => place is null or (>= 0 and <= MaxPosition))
            .WithMessage(_ => CustomFieldText.Position(MaxPosition)).OverridePropertyName("position");

    /// <summary>Each with a code and a name in both languages, no code twice.</summary>
    public static void AddChoices<T>(this AbstractValidator<T> rules,
        Func<T, IReadOnlyList<CustomChoice>?> choices) => rules.RuleFor(x => x).Custom((request, context) =>
    {
        var listed = choices(request) ?? [];
        if (listed.Count > CustomField.MaxChoices)
        {
            context.AddFailure("choices", CustomFieldText.TooManyChoices(CustomField.MaxChoices));
            return;
        }

        for (var i = 0; i < listed.Count; i++)
        {
            foreach (var (part, sentence) in Flaws(listed, i))
            {
                context.AddFailure($"choices[{i}]{part}", sentence);
            }
        }
    });

    private static IEnumerable<(string Part, string Sentence)> Flaws(IReadOnlyList<CustomChoice> listed, int i)
    {
        if (listed[i] is not { } choice)
        {
            yield return ("", FieldMessages.Required);
            yield break;
        }

        if (choice.Code is null || !CodeForm().IsMatch(choice.Code))
        {
            yield return (".code", CustomFieldText.CodeForm);
        }
        else if (listed.Take(i).Any(other => other?.Code == choice.Code))
        {
            yield return (".code", CustomFieldText.CodeTwice);
        }

        foreach (var (language, words) in new[] { ("en", choice.Name?.En), ("zh-CN", choice.Name?.Chinese) })
        {
            if (FieldRules.TrimToNull(words) is not { } name)
            {
                yield return ($".name.{language}", FieldMessages.Required);
            }
            else if (name.Length > CustomField.NameLength)
            {
                yield return ($".name.{language}", FieldMessages.TooLong(CustomField.NameLength));
            }
            else if (!FieldRules.IsClean(name))
            {
                yield return ($".name.{language}", FieldMessages.ControlCharacter);
            }
        }
    }

    public static LocalizedText Kept(LocalizedText name) => new(FieldRules.TrimToNull(name.En)!, FieldRules.TrimToNull(name.Chinese)!);

    public static IEnumerable<CustomChoice> Kept(IEnumerable<CustomChoice> choices) =>
        choices.Select(choice => choice with { Name = Kept(choice.Name) });

    public static bool IsKey(string? key) => key is not null && KeyForm().IsMatch(key);

    [GeneratedRegex("^[a-z0-9_]{1,40}$")]
    private static partial Regex KeyForm();

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,39}$")]
    private static partial Regex CodeForm();
}
