using System.Collections.Concurrent;
using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;

namespace PipelineCrm.UseCases;

/// <summary>What a value of each type of fact must be, by the rules that every form has.</summary>
internal static class FactRules
{
    private const int CodeLength = 100;

    private static readonly ConcurrentDictionary<(bool Required, TextForm Form, int MaxLength), InlineValidator<Box<string?>>> Texts = [];
    private static readonly InlineValidator<Box<decimal?>> Amount = Of<decimal?>(rule => rule.PlausibleAmount());
    private static readonly InlineValidator<Box<DateOnly?>> Day = Of<DateOnly?>(rule => rule.PlausibleDate());
    private static readonly InlineValidator<Box<string?>> Currency = Of<string?>(rule => rule.CurrencyCode());
    private static readonly InlineValidator<Box<string?>> Code = Of<string?>(rule => rule.CleanText(CodeLength));

    /// <summary>Everything that is wrong with a value, as sentences; what only the database knows is not among it.</summary>
    /// <param name="raw">As <see cref="FactJson.Raw"/> reads it; null: to be emptied.</param>
    public static IEnumerable<string> Flaws(FactDefinition fact, object? raw) => raw switch
    {
        null => fact.Required ? [FieldMessages.Required] : [],
        string text => fact.Type == FactType.Text ? OfText(fact, text) : OfCode(fact, text),
        decimal number => fact.Type == FactType.Money ? Check(Amount, number) : OfNumber(number),
        Money money => OfMoney(money),
        DateOnly day => Check(Day, day),
        string[] codes => codes.All(code => IsListed(fact, code)) ? [] : [FieldMessages.UnknownChoice],
        _ => [],
    };

    private static List<string> OfMoney(Money money)
    {
        var flaws = Check(Amount, money.Amount).Concat(Check(Currency, money.Currency)).ToList();
        return flaws.Count == 0 && FieldRules.MisfitOf(money.Amount, money.Currency) is { } misfit ? [misfit] : flaws;
    }

    private static IEnumerable<string> OfText(FactDefinition fact, string text) => Check(
        Texts.GetOrAdd(
            (fact.Required, fact.Form, fact.MaxLength),
            of => Of<string?>(rule => _ = (of.Required, of.Form) switch
            {
                (true, _) => rule.RequiredText(of.MaxLength),
                (_, TextForm.Email) => rule.Email(of.MaxLength),
                (_, TextForm.Phone) => rule.Phone(of.MaxLength),
                _ => rule.CleanText(of.MaxLength),
            })),
        text);

    private static IEnumerable<string> OfCode(FactDefinition fact, string code) => fact.Choices switch
    {
        { Kind: ChoiceKind.Currencies } => Check(Currency, code),
        { Kind: ChoiceKind.Listed } => FieldRules.TrimToNull(code) is null ? (fact.Required ? [FieldMessages.Required] : [])
            : IsListed(fact, code) ? [] : [FieldMessages.UnknownChoice],
        _ => Check(Code, code),
    };

    private static IEnumerable<string> OfNumber(decimal number) =>
        Math.Abs(number) > Money.Limit ? [FieldMessages.NumberRange]
            : decimal.Round(number, 4) != number ? [FieldMessages.AmountDecimals] : [];

    private static bool IsListed(FactDefinition fact,
        string code) => fact.Choices?.Listed?.Any(choice => choice.Code == code && choice.Offered) == true;

    private static IEnumerable<string> Check<T>(InlineValidator<Box<T>> rules,
        T value) => rules.Validate(new Box<T>(value)).Errors.Select(error => error.ErrorMessage);

    private static InlineValidator<Box<T>> Of<T>(Action<IRuleBuilder<Box<T>, T>> rule)
    {
        var rules = new InlineValidator<Box<T>>();
        rule(rules.RuleFor(box => box.Value));
        return rules;
    }

    private sealed record Box<T>(T Value);
}
