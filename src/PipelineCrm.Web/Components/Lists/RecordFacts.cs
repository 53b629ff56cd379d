using System.Text.Json;
using PipelineCrm.Access;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Rules;
using PipelineCrm.Web.Components.Fields;
using PipelineCrm.Web.Components.Forms;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>The facts that a list of a subject may show, ask about, order by and write.</summary>
public sealed class RecordFacts
{
    private readonly FactSubject _subject;
    private readonly IReadOnlyList<UserSummary> _people;
    private readonly FactFormatter _words;
    private readonly string _customer;

    internal RecordFacts(FactSubject subject, IReadOnlyList<FactView> all, IReadOnlyList<UserSummary> people, FactFormatter words,
        string customer)
    {
        (_subject, _people, _words, _customer) = (subject, people, words, customer);
        Name = subject == FactSubject.Deal ? FieldKey.Title : FieldKey.CustomerName;
        Columns = [.. all.Where(fact => (subject == FactSubject.Deal || fact.Subject == FactSubject.Customer)
            && (fact.Writable || !fact.Bringable))];
    }

    /// <summary>What stands first in every row and leads to the record.</summary>
    public string Name { get; }

    /// <summary>What has a value to show: not what only a move says.</summary>
    public IReadOnlyList<FactView> Columns { get; }

    public IReadOnlyList<FactView> Asked => [.. Columns.Where(fact => !fact.Retired)];

    /// <summary>What may be written to several at once; an amount brings its currency along.</summary>
    public IReadOnlyList<FactView> Written =>
        [.. Columns.Where(fact => fact.Subject == _subject && fact.Writable && Columns.All(amount => amount.CurrencyKey != fact.Key))];

    /// <summary>Whether there is anybody else whom the reader may make an owner.</summary>
    public bool MayGive => _people.Count(person => person.MayBeGiven) > 1;

    public FactView? Find(string? key) => Columns.FirstOrDefault(fact => fact.Key == key);

    /// <summary>Shorter where the list is of the fact's subject anyway.</summary>
    public string NameOf(FactView fact) => fact.Key == FieldKey.CustomerName && _subject == FactSubject.Deal ? _customer
        : fact.Subject == _subject ? FactFormatter.ShortName(fact)
        : FactFormatter.Name(fact);

    public string? PersonName(string id) => _people.FirstOrDefault(person => person.Id.ToString() == id)?.DisplayName;

    /// <summary>What may be chosen; null where something is written.</summary>
    public IReadOnlyList<Choice>? ChoicesOf(FactView fact) => fact.ChosenFrom switch
    {
        ChoiceKind.Users => [.. _people.Select(person => new Choice(person.Id.ToString(), person.DisplayName))],
        ChoiceKind.Currencies =>
            [.. Currencies.All.Select(currency => new Choice(currency.Code, $"{currency.Code} · {Formats.NameOf(currency)}"))],
        _ when fact.Type == FactType.Flag =>
            [new(FieldInput.Yes, _words.Value(fact, WordOf(true))), new(FieldInput.No, _words.Value(fact, WordOf(false)))],
        _ => fact.Choices?.Select(choice => new Choice(choice.Code, _words.ChoiceName(fact, choice.Code))).ToList(),
    };

    /// <summary>The same facts as the sentences about conditions want them.</summary>
    public IReadOnlyList<RuleField> Fields => [.. Columns.Select(fact => new RuleField(
        fact.Key, fact.Type == FactType.User ? FactType.Choice : fact.Type, fact.Operators, false,
        ChoicesOf(fact)?.Select(choice => new RuleChoice(choice.Value, choice.Text, choice.Text)).ToList())
    {
        Name = fact.Subject == _subject && fact.ShortName is { } name ? name : fact.Name,
    })];

    private static JsonElement WordOf(bool flag) => JsonSerializer.SerializeToElement(flag);
}
