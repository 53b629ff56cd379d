using System.Text.Json;
using PipelineCrm.Access;
using PipelineCrm.CustomFields;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Fields;

namespace PipelineCrm.Web.Components.Funnel;

/// <summary>What people write of deals, as columns of a file after those that every file of deals has; numbers and days as programs read
/// them.</summary>
internal sealed class FactCsvColumns
{
    /// <summary>What every file of deals has already.</summary>
    private static readonly string[] Elsewhere = [FieldKey.Title, FieldKey.Amount, FieldKey.Currency, FieldKey.OwnerId, FieldKey.Source];

    private readonly IReadOnlyList<FactView> _facts;
    private readonly Dictionary<string, string> _people;

    public FactCsvColumns(IReadOnlyList<FactView> facts, IReadOnlyList<UserSummary> people)
    {
        _facts = [.. facts.Where(
            fact => fact.Subject == FactSubject.Deal && (fact.Writable || fact.Custom) && !Elsewhere.Contains(fact.Key))];
        _people = people.ToDictionary(person => person.Id.ToString(), person => person.DisplayName);
    }

    public IEnumerable<object?> Head => _facts.Select(fact => FactFormatter.Of(fact.Name));

    public IEnumerable<object?> Of(DealView deal) =>
        _facts.Select(fact => deal.Fields.TryGetValue(fact.Field, out var value) ? Cell(fact, value) : null);

    private object? Cell(FactView fact, JsonElement value) => (fact.Type, value.ValueKind) switch
    {
        (FactType.Money, JsonValueKind.Object) => new Money(value.GetProperty("amount").GetDecimal(),
            value.GetProperty("currency").GetString()!).ToString(),
        (_, JsonValueKind.Number) => value.GetDecimal(),
        (_, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean() ? "true" : "false",
        (FactType.Choices, JsonValueKind.Array) => string.Join("; ", value.EnumerateArray().Select(code => Name(fact, code.GetString()!))),
        (FactType.User, _) => _people.GetValueOrDefault(value.GetString()!),
        (FactType.Choice, _) => Name(fact, value.GetString()!),
        _ => value.GetString(),
    };

    private static string Name(FactView fact,
        string code) => fact.Choices?.FirstOrDefault(choice => choice.Code == code) is { } known ? FactFormatter.Of(known.Name) : code;
}
