using System.Text.Json;
using Microsoft.Extensions.Localization;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Timeline;
using PipelineCrm.Web.Components.Fields;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Timeline;

/// <summary>One line of what changed. Where nothing was before, and where only what happened is known, there is no
/// <paramref name="Before"/>.</summary>
internal sealed record FactLine(string Label, string? Before, string After);

/// <summary>Says changed facts in the user's words.</summary>
internal sealed class HistoryFormatter(IStringLocalizer<TimelineText> texts, IStringLocalizer<DealText> deals, Formats formats,
    FactFormatter catalogue)
{
    /// <summary>What an entry is, by what it changed: the beginning of a sentence that ends with who did it.</summary>
    public string Title(IReadOnlyList<FactChange> facts) => texts["By_" + facts[0] switch
    {
        { Entity: "payment" or "quote" or "quoteLine" } => Belonging(facts),
        { Entity: "contact" } => facts.Any(fact => fact is { Field: "name", Before: null }) ? "ContactAdded" : "ContactChanged",
        { Field: "archivedAt" } when facts.Count == 1 => facts[0].After is null ? "Restored" : "Archived",
        { Field: "ownerId", Before: not null } when facts.Count == 1 => "HandedOver",
        { Entity: "customer" } when facts.Any(fact => fact is { Field: "name", Before: null }) => "Customer",
        { Entity: "customer" } when facts.All(IsStatus) => "Status",
        _ => "Changed",
    }];

    /// <summary>A quote or a payment is new where its currency had no value before.</summary>
    private static string Belonging(IReadOnlyList<FactChange> facts) =>
        (facts[0].Entity == "payment" ? "Payment" : "Quote") + (facts.Any(fact => fact.Field == "withdrawnAt") ? "Withdrawn"
            : facts.Any(fact => fact is { Field: "currency", Before: null }) ? ""
            : "Corrected");

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

    /// <summary>The lines of an entry. An amount is shown with its currency, a line of a quote as a whole, archiving by the head
    /// alone.</summary>
    public IReadOnlyList<FactLine> Lines(IReadOnlyList<FactChange> facts) =>
    [
        .. facts.Where(fact => fact.Entity != "quoteLine" && !IsSaidElsewhere(fact, facts)).Select(Line),
        .. facts.Where(fact => fact.Entity == "quoteLine").GroupBy(fact => fact.EntityId).Select(line => Line([.. line])),
    ];

    /// <summary>A corrected quote's lines go and come as wholes.</summary>
    private FactLine Line(IReadOnlyList<FactChange> line) => line.All(fact => fact.After is null)
        ? new FactLine(texts["QuoteLine"], QuoteLine(line, fact => fact.Before, fact => (fact.BeforeName, fact.BeforeCurrency)),
            texts["LineRemoved"])
        : new FactLine(texts["QuoteLine"], null, QuoteLine(line, fact => fact.After, fact => (fact.AfterName, fact.AfterCurrency)));

    private static bool IsSaidElsewhere(FactChange fact, IReadOnlyList<FactChange> facts) => fact.Field switch
    {
        "currency" => fact.Entity != "quote" ? facts.Any(other => other is { Field: "amount" })
            : facts.Any(other => other.Entity == "quoteLine"),
        "archivedAt" => facts.Count == 1,
        "withdrawnAt" => true,
        _ => IsNothing(fact),
    };

    /// <summary>That somebody new has a name, no status yet, and is not what hardly anybody is; and where somebody was lost from who is
    /// lost no longer.</summary>
    private static bool IsNothing(FactChange fact) => fact is { Field: "statusStage", After: null }
        || fact is { Entity: "customer" or "contact", Before: null }
            && (fact.Field is "name" or "status" || fact.After is { ValueKind: JsonValueKind.False });

    private static bool IsStatus(FactChange fact) => fact.Field is "status" or "statusStage" or "returning";

    private FactLine Line(FactChange fact)
    {
        var known = Known(fact);
        var label = known is null ? texts[char.ToUpperInvariant(fact.Entity[0]) + fact.Entity[1..] + "_" + fact.Field]
            : FactFormatter.ShortName(known);
        if (known?.Personal ?? (fact.Entity is "contact" && fact.Field is "name" or "email" or "phone"))
        {
            return new FactLine(label, null, Filled(fact));
        }

        var before = fact.Before is { } old ? Value(fact, old, fact.BeforeName, fact.BeforeCurrency) : null;
        return new FactLine(label, before, fact.After is { } now ? Value(fact, now, fact.AfterName, fact.AfterCurrency) : texts["Empty"]);
    }

    private FactView? Known(FactChange fact) => fact.Entity switch
    {
        "deal" => catalogue.InHistory(FactSubject.Deal, fact.Field),
        "customer" => catalogue.InHistory(FactSubject.Customer, fact.Field),
        _ => null,
    };

    private string Filled(FactChange fact) => (IsFilled(fact.Before), IsFilled(fact.After)) switch
    {
        (false, true) => texts["Filled"],
        (true, true) => texts["Rewritten"],
        (_, false) => texts["Emptied"],
    };

    private static bool IsFilled(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text && text.GetString() == "filled";

    private string Value(FactChange fact, JsonElement value, string? name, string? currency) => (fact.Field, value.ValueKind) switch
    {
        ("status", JsonValueKind.String) when WireNames.TryParse<PurchaseStatus>(value.GetString(), out var status) => Status(status),
        _ when Known(fact) is { } known => catalogue.Value(known, value, currency, name),
        ("amount", JsonValueKind.Number) when currency is not null => Formats.Money(value.GetDecimal(), currency),
        ("customerId" or "productId" or "referrerId" or "previousDealId" or "referredByDealId", _) => name ?? texts["Unknown"],
        ("method", JsonValueKind.String)
            when WireNames.TryParse<PaymentMethod>(value.GetString(), out var method) => deals["Method_" + method],
        ("statusStage", JsonValueKind.String) when WireNames.TryParse<Stage>(value.GetString(), out var stage) => formats.StageName(stage),
        ("validUntil" or "paidAt", JsonValueKind.String) => formats.Day(value.Deserialize<DateOnly>(WireNames.Json)),
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

    private string QuoteLine(IReadOnlyList<FactChange> line, Func<FactChange, JsonElement?> value,
        Func<FactChange, (string? Name, string? Currency)> known)
    {
        var (product, price) = (line.First(fact => fact.Field == "productId"), line.First(fact => fact.Field == "price"));
        var said = texts["LineOf", Formats.Number(Number("quantity")), known(product).Name ?? "",
            Formats.Money(Number("price"), known(price).Currency ?? "")];
        return Number("discountPercent") is > 0 and var discount ? texts["LineDiscount", said.Value, Formats.Percent(discount, 2)] : said;

        decimal Number(string field) =>
            line.FirstOrDefault(fact => fact.Field == field) is { } fact && value(fact) is { ValueKind: JsonValueKind.Number } number
                ? number.GetDecimal() : 0;
    }
}
