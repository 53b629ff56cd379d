using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Fields;

/// <summary>Says facts and their values in the user's words, as the catalogue has them.</summary>
internal sealed class FactFormatter(Session session, Formats formats, IStringLocalizer<FieldsText> texts)
{
    public static string Of(LocalizedText text) => text.In(CultureInfo.CurrentUICulture);

    public static string Name(FactView fact) => Of(fact.Name);

    /// <summary>Beside its subject, which needs not be said again.</summary>
    public static string ShortName(FactView fact) => fact.ShortName is { } name ? Of(name) : Name(fact);

    /// <summary>By the fact's key; what no catalogue knows is called by its key.</summary>
    public string Name(string key) => session.Fact(key) is { } fact ? Name(fact) : key;

    /// <summary>What a history calls a field of a subject; null where that is no fact.</summary>
    public FactView? InHistory(FactSubject subject,
        string field) => session.Facts.FirstOrDefault(fact => fact.Subject == subject && fact.InHistory && fact.Field == field);

    /// <summary>What to do about a missing value, without a full stop.</summary>
    public string Ask(FactView fact) => fact.Ask is { } ask ? Of(ask)
        : texts[fact.Choices is null && fact.ChosenFrom is null ? "Fill" : "Choose", Name(fact)];

    /// <param name="currency">Of an amount with a fact for its currency: what that says.</param>
    /// <param name="person">What somebody is called whose id the value is.</param>
    public string Value(FactView fact, JsonElement value, string? currency = null,
        string? person = null) => (fact.Type, value.ValueKind) switch
        {
            (FactType.Money, JsonValueKind.Object) => Formats.Money(value.GetProperty("amount").GetDecimal(),
                value.GetProperty("currency").GetString()!),
            (FactType.Money, JsonValueKind.Number) when currency is not null => Formats.Money(value.GetDecimal(), currency),
            (_, JsonValueKind.Number) => fact.Unit == "percent" ? Formats.Percent(value.GetDecimal(), 2) : Formats.Number(value.GetDecimal()),
            (FactType.Date, JsonValueKind.String) => formats.Day(value.Deserialize<DateOnly>(WireNames.Json)),
            (FactType.Flag, JsonValueKind.True) => texts["Yes"],
            (FactType.Flag, JsonValueKind.False) => texts["No"],
            (FactType.User, _) => person ?? texts["Somebody"],
            (FactType.Choices, JsonValueKind.Array) => string.Join(texts["ListComma"],
                value.EnumerateArray().Select(code => ChoiceName(fact, code.GetString()!))),
            (FactType.Choice, JsonValueKind.String) => ChoiceName(fact, value.GetString()!),
            (_, JsonValueKind.String) => value.GetString()!,
            _ => value.GetRawText(),
        };

    /// <summary>A stage is called as the admin named it.</summary>
    public string ChoiceName(FactView fact, string code) =>
        fact.Key is "stage" or FieldKey.CustomerStatus && WireNames.TryParse<Stage>(code, out var stage) ? formats.StageName(stage)
        : fact.Choices?.FirstOrDefault(choice => choice.Code == code) is { } known ? Of(known.Name) : code;
}
