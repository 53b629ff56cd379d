using System.Text.Json;
using Microsoft.Extensions.Localization;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;
using PipelineCrm.Timeline;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Timeline;

/// <summary>One line of what changed. Where nothing was before, and where only what happened is known, there is no <paramref name="Before"/>.</summary>
internal sealed record FactLine(string Label, string? Before, string After);

/// <summary>Says changed facts in the user's words.</summary>
internal sealed class FactFormatter(IStringLocalizer<TimelineText> texts, IStringLocalizer<DealText> deals, IStringLocalizer<CustomersText> customers, Formats formats)
{
    /// <summary>What an entry is, by what it changed: the beginning of a sentence that ends with who did it.</summary>
    public string Title(IReadOnlyList<FactChange> facts) => texts["By_" + facts[0] switch
    {
        { Entity: "payment" } => "Payment",
        { Entity: "quote" or "quoteLine" } => "Quote",
        { Entity: "contact" } => facts.Any(fact => fact is { Field: "name", Before: null }) ? "ContactAdded" : "ContactChanged",
        { Field: "archivedAt" } when facts.Count == 1 => facts[0].After is null ? "Restored" : "Archived",
        { Field: "ownerId", Before: not null } when facts.Count == 1 => "HandedOver",
        { Entity: "customer" } when facts.Any(fact => fact is { Field: "name", Before: null }) => "Customer",
        { Entity: "customer" } when facts.All(IsStatus) => "Status",
        _ => "Changed",
    }];

    public static string Icon(IReadOnlyList<FactChange> facts) => facts[0] switch
    {
        { Entity: "payment" } => "flag",
        { Entity: "quote" or "quoteLine" } => "doc",
        { Entity: "contact" } => "user-plus",
        { Entity: "customer" } when facts.Any(fact => fact is { Field: "name", Before: null }) => "plus",
        { Entity: "customer" } when facts.All(IsStatus) => "move",
        { Field: "archivedAt" } when facts.Count == 1 => facts[0].After is null ? "refresh" : "archive",
        { Field: "ownerId" } when facts.Count == 1 => "user",
        _ => "edit",
    };

    /// <summary>The lines of an entry. An amount is shown with its currency, a line of a quote as a whole, archiving by the head alone.</summary>
    public IReadOnlyList<FactLine> Lines(IReadOnlyList<FactChange> facts, Codes? codes) =>
    [
        .. facts.Where(fact => fact.Entity != "quoteLine" && !IsSaidElsewhere(fact, facts)).Select(fact => Line(fact, codes)),
        .. facts.Where(fact => fact.Entity == "quoteLine").GroupBy(fact => fact.EntityId).Select(line => new FactLine(texts["QuoteLine"], null, QuoteLine([.. line]))),
    ];

    private static bool IsSaidElsewhere(FactChange fact, IReadOnlyList<FactChange> facts) => fact.Field switch
    {
        "currency" => fact.Entity != "quote" ? facts.Any(other => other is { Field: "amount" }) : facts.Any(other => other.Entity == "quoteLine"),
        "archivedAt" => facts.Count == 1,
        _ => IsNothing(fact),
    };

    /// <summary>That somebody new has a name, no status yet, and is not what hardly anybody is; and where somebody was lost from who is lost no longer.</summary>
    private static bool IsNothing(FactChange fact) => fact is { Field: "statusStage", After: null }
        || fact is { Entity: "customer" or "contact", Before: null } && (fact.Field is "name" or "status" || fact.After is { ValueKind: JsonValueKind.False });

    private static bool IsStatus(FactChange fact) => fact.Field is "status" or "statusStage" or "returning";

    private FactLine Line(FactChange fact, Codes? codes)
    {
        var label = texts[char.ToUpperInvariant(fact.Entity[0]) + fact.Entity[1..] + "_" + fact.Field];
        if (IsPersonal(fact))
        {
            return new FactLine(label, null, Filled(fact));
        }

        var before = fact.Before is { } old ? Value(fact, old, fact.BeforeName, fact.BeforeCurrency, codes) : null;
        return new FactLine(label, before, fact.After is { } now ? Value(fact, now, fact.AfterName, fact.AfterCurrency, codes) : texts["Empty"]);
    }

    /// <summary>What a person is called or reached by: the history knows only whether there was something.</summary>
    private static bool IsPersonal(FactChange fact) => fact.Entity is "customer" or "contact" && fact.Field is "name" or "email" or "phone";

    private string Filled(FactChange fact) => (IsFilled(fact.Before), IsFilled(fact.After)) switch
    {
        (false, true) => texts["Filled"],
        (true, true) => texts["Rewritten"],
        (_, false) => texts["Emptied"],
    };

    private static bool IsFilled(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text && text.GetString() == "filled";

    private string Value(FactChange fact, JsonElement value, string? name, string? currency, Codes? codes) => (fact.Field, value.ValueKind) switch
    {
        ("amount", JsonValueKind.Number) when currency is not null => Formats.Money(value.GetDecimal(), currency),
        ("previousDealId" or "referredByDealId", _) => name ?? texts["DealOfColleague"],
        ("ownerId" or "customerId" or "productId" or "referrerId", _) => name ?? texts["Unknown"],
        ("source", JsonValueKind.String) => codes?.Sources.FirstOrDefault(code => code.Code == value.GetString()) is { } known ? Formats.Localized(known.Name) : value.GetString()!,
        ("method", JsonValueKind.String) when WireNames.TryParse<PaymentMethod>(value.GetString(), out var method) => deals["Method_" + method],
        ("type", JsonValueKind.String) when WireNames.TryParse<CustomerType>(value.GetString(), out var type) => customers["Type_" + type],
        ("status", JsonValueKind.String) when WireNames.TryParse<PurchaseStatus>(value.GetString(), out var status) => Status(status),
        ("statusStage", JsonValueKind.String) when WireNames.TryParse<Stage>(value.GetString(), out var stage) => formats.StageName(stage),
        ("expectedClose" or "validUntil" or "paidAt", JsonValueKind.String) => formats.Day(value.Deserialize<DateOnly>(WireNames.Json)),
        ("archivedAt", JsonValueKind.String) => formats.Instant(value.GetDateTimeOffset()),
        (_, JsonValueKind.Number) => Formats.Number(value.GetDecimal()),
        (_, JsonValueKind.True) => texts["Yes"],
        (_, JsonValueKind.False) => texts["No"],
        (_, JsonValueKind.String) => value.GetString()!,
        _ => texts["Empty"],
    };

    private string Status(PurchaseStatus status) => status switch
    {
        PurchaseStatus.None or PurchaseStatus.Lost => texts["Status_" + status],
        _ => formats.StageName((Stage)(int)status),
    };

    private string QuoteLine(IReadOnlyList<FactChange> line)
    {
        var (product, price) = (line.First(fact => fact.Field == "productId"), line.First(fact => fact.Field == "price"));
        var said = texts["LineOf", Formats.Number(Number(line, "quantity")), product.AfterName ?? "", Formats.Price(Number(line, "price"), price.AfterCurrency ?? "")];
        return Number(line, "discountPercent") is > 0 and var discount ? texts["LineDiscount", said.Value, Formats.Percent(discount, 2)] : said;
    }

    private static decimal Number(IEnumerable<FactChange> line, string field) =>
        line.FirstOrDefault(fact => fact.Field == field)?.After is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : 0;
}
