using PipelineCrm.Access;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Lists;
using PipelineCrm.Web.Components.Fields;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>Facts as cells of a file: numbers and days as programs read them, choices and people by name, an amount beside its
/// currency.</summary>
internal sealed class ListCells
{
    private readonly IReadOnlyList<FactView> _columns;
    private readonly Dictionary<string, string> _people;
    private readonly string _currency;

    public ListCells(string? columns, IReadOnlyList<FactView> facts, IReadOnlyList<UserSummary> people, string currency)
    {
        _columns = [.. (columns ?? "").Split(',').Select(key => facts.FirstOrDefault(fact => fact.Key == key.Trim())).OfType<FactView>()];
        (_people, _currency) = (people.ToDictionary(person => person.Id.ToString(), person => person.DisplayName), currency);
    }

    public IEnumerable<object?> Head =>
        _columns.SelectMany(fact =>
            (object?[])(fact.Type == FactType.Money ? [FactFormatter.Name(fact), $"{FactFormatter.Name(fact)} ({_currency})"]
            : [FactFormatter.Name(fact)])).Prepend("id");

    public IEnumerable<object?> Of(ListRow row) => _columns.SelectMany(fact => Cells(fact, row.Facts[fact.Key].Value, row)).Prepend(row.Id);

    private object?[] Cells(FactView fact, object? value, ListRow row) => (fact.Type, value) switch
    {
        (FactType.Money, Money money) => [money.Amount, money.Currency],
        (FactType.Money, _) => [value, null],
        (_, bool flag) => [flag ? "true" : "false"],
        (_, ChoiceSet codes) => [string.Join("; ", codes.Select(code => Named(fact, code)))],
        (FactType.User, string id) => [fact.Key == FieldKey.OwnerId ? row.OwnerName : _people.GetValueOrDefault(id)],
        (FactType.Choice, string code) => [Named(fact, code)],
        _ => [value],
    };

    private static string Named(FactView fact, string code) =>
        fact.Choices?.FirstOrDefault(choice => choice.Code == code) is { } known ? FactFormatter.Of(known.Name) : code;
}
