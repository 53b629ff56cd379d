using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineCrm.Domain;

namespace PipelineCrm.CustomFields;

/// <summary>A fact as programs and pages see it.</summary>
/// <param name="Unit">What a number counts: <c>days</c>, <c>percent</c>.</param>
/// <param name="Operators">Those that conditions may ask with.</param>
/// <param name="Choices">Null where anything may be written, and for people and currencies.</param>
/// <param name="Writable">Whether a form or the API writes it.</param>
/// <param name="Bringable">Whether a move may bring it.</param>
/// <param name="InHistory">Whether its past is kept.</param>
/// <param name="Personal">Of such the history says only whether there was something.</param>
public sealed record FactView(
    string Key,
    FactSubject Subject,
    FactType Type,
    string? Unit,
    LocalizedText Name,
    IReadOnlyList<string> Operators,
    IReadOnlyList<FactChoice>? Choices,
    bool Writable,
    bool Bringable,
    bool InHistory,
    bool Personal,
    bool Custom)
{
    /// <summary>What to do about a missing value, without a full stop; null: said by the type.</summary>
    [JsonIgnore]
    public LocalizedText? Ask { get; init; }

    /// <summary>Its name beside its subject, where that is another.</summary>
    [JsonIgnore]
    public LocalizedText? ShortName { get; init; }

    /// <summary>What it is where whoever makes it does not say.</summary>
    [JsonIgnore]
    public JsonElement? Default { get; init; }

    [JsonIgnore]
    public bool Required { get; init; }

    /// <summary>No longer in use: shown, not written.</summary>
    [JsonIgnore]
    public bool Retired { get; init; }

    /// <summary>Of a day: normally one to come, so that forms ask about one that has passed.</summary>
    [JsonIgnore]
    public bool LiesAhead { get; init; }

    [JsonIgnore]
    public bool Sortable { get; init; }

    /// <summary>Where its choices come from; null where nothing is chosen.</summary>
    [JsonIgnore]
    public ChoiceKind? ChosenFrom { get; init; }

    /// <summary>Of an amount: the fact that says its currency.</summary>
    [JsonIgnore]
    public string? CurrencyKey { get; init; }

    /// <summary>What it is called among the fields of its subject.</summary>
    [JsonIgnore]
    public string Field { get; init; } = Key;

    /// <summary>Of a field that an admin added: its own key, as in <c>custom</c> of requests and answers.</summary>
    [JsonIgnore]
    public string? CustomKey { get; init; }

    internal static FactView Of(FactDefinition fact, IReadOnlyList<FactChoice>? choices) => new(
        fact.Key, fact.Subject, fact.Type, fact.Unit, fact.Name, fact.Operators, choices, fact.Writable, fact.Fillable, fact.InHistory,
        fact.Personal, fact.Custom is not null)
    {
        Ask = fact.Ask,
        ShortName = fact.ShortName,
        Default = fact.Default.ToStored(),
        Required = fact.Required,
        Retired = fact.Retired,
        LiesAhead = fact.LiesAhead,
        Sortable = fact.Sort is not null,
        ChosenFrom = fact.Choices?.Kind,
        CurrencyKey = fact.CurrencyKey,
        Field = fact.Field,
        CustomKey = fact.Custom?.Key,
    };
}
