using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence;

/// <summary>Appends every change of a tracked fact to the history, in the same transaction and with its time. What a person is called or
/// reached by is stored as filled or empty only.</summary>
internal sealed class HistoryInterceptor(FactCatalogCache catalogs) : SaveChangesInterceptor
{
    private static readonly Dictionary<Type, (string Name, string[] Left)> Kept = new()
    {
        [typeof(Deal)] = ("deal", [nameof(Deal.Version), nameof(Deal.Rank), nameof(Deal.LastSeq), nameof(Deal.Custom)]),
        [typeof(Customer)] = ("customer", [nameof(Customer.Custom)]),
        [typeof(Contact)] = ("contact", [nameof(Contact.Version)]),
        [typeof(Product)] = ("product", [nameof(Product.Version)]),
        [typeof(Quote)] = ("quote", [nameof(Quote.Version)]),
        [typeof(QuoteLine)] = ("quoteLine", []),
        [typeof(Payment)] = ("payment", [nameof(Payment.Version)]),
        [typeof(CustomFieldRow)] = ("customField", [nameof(CustomFieldRow.Version), nameof(CustomFieldRow.ChangedAt),
            nameof(CustomFieldRow.CreatedAt), nameof(CustomFieldRow.CreatedBy)]),
        [typeof(Team)] = ("team", [nameof(Team.Version)]),
        [typeof(Code)] = ("code", []),
        [typeof(Settings)] = ("settings", [nameof(Settings.SetupTokenHash)]),
        [typeof(StageSetting)] = ("stage", []),
        [typeof(ApiToken)] = ("apiToken", [nameof(ApiToken.Hash), nameof(ApiToken.LastUsedAt)]),
        [typeof(RuleSetVersion)] = ("ruleSet", []),
    };

    private static readonly HashSet<string> OfUser =
        [nameof(User.DisplayName), nameof(User.Email), nameof(User.Role), nameof(User.TeamId), nameof(User.Language), nameof(User.Invited),
            nameof(User.DisabledAt)];

    private static readonly HashSet<(Type, string)> Personal =
    [
        (typeof(Customer), nameof(Customer.Name)), (typeof(Customer), nameof(Customer.Email)), (typeof(Customer), nameof(Customer.Phone)),
        (typeof(Contact), nameof(Contact.Name)), (typeof(Contact), nameof(Contact.Email)), (typeof(Contact), nameof(Contact.Phone)),
        (typeof(User), nameof(User.DisplayName)), (typeof(User), nameof(User.Email)),
        (typeof(ApiToken), nameof(ApiToken.Name)),
    ];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        var context = (CrmDbContext)eventData.Context!;
        context.ChangeTracker.DetectChanges();
        var entries = context.ChangeTracker.Entries()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .SelectMany(entry => Changes(entry, context.RequestContext))
            .ToList();
        context.AddRange(entries);
        return ValueTask.FromResult(result);
    }

    private IEnumerable<HistoryEntry> Changes(EntityEntry entry, RequestContext requestContext)
    {
        var type = entry.Metadata.ClrType;
        var isUser = type == typeof(User);
        if (!isUser && !Kept.ContainsKey(type))
        {
            yield break;
        }

        var (name, left) = isUser ? ("user", []) : Kept[type];
        var deal = DealOf(entry);
        foreach (var (field, before, after) in entry.Entity is Customer ? Custom(entry) : [])
        {
            yield return Entry(field, before, after);
        }

        foreach (var property in entry.Properties)
        {
            var field = property.Metadata.Name;
            if (property.Metadata.IsPrimaryKey() || left.Contains(field) || (isUser && !OfUser.Contains(field)))
            {
                continue;
            }

            var before = entry.State == EntityState.Added ? null : Json(type, field, property.OriginalValue);
            var after = entry.State == EntityState.Deleted ? null : Json(type, field, property.CurrentValue);
            if (before != after || (entry.State == EntityState.Modified && property.IsModified && Personal.Contains((type, field))))
            {
                yield return Entry(JsonNamingPolicy.CamelCase.ConvertName(field), before, after);
            }
        }

        HistoryEntry Entry(string field, string? before, string? after) => new()
        {
            Entity = name,
            EntityId = Key(entry),
            Field = field,
            Before = before,
            After = after,
            OccurredAt = requestContext.OccurredAtOverride ?? default,
            ByUser = requestContext.HasActor ? requestContext.Actor.Id : null,
            Channel = requestContext.HasActor ? requestContext.Actor.Channel : Channel.Command,
            DealId = deal?.Id,
            Version = deal?.Version,
        };
    }

    /// <summary>Of fields that admins added each by itself; what no catalogue knows is told as personal.</summary>
    private IEnumerable<(string Field, string? Before, string? After)> Custom(EntityEntry entry)
    {
        var property = entry.Property(nameof(Customer.Custom));
        var before = Values(entry.State == EntityState.Added ? "{}" : (string)property.OriginalValue!);
        var after = Values((string)property.CurrentValue!);
        foreach (var key in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            var (was, now) = (before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            if (was.ValueKind == now.ValueKind && JsonElement.DeepEquals(was, now))
            {
                continue;
            }

            var field = CustomField.Prefix + key;
            var personal = catalogs.Last.InHistory(FactSubject.Customer, field)?.Personal != false;
            yield return (field, Told(was), Told(now));

            string? Told(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? null
                : personal ? JsonSerializer.Serialize("filled") : value.GetRawText();
        }
    }

    private static Dictionary<string, JsonElement> Values(string custom) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(custom)!;

    /// <summary>The deal whose version goes up with this change; it is in the same context.</summary>
    private static Deal? DealOf(EntityEntry entry) => entry.Entity switch
    {
        Deal deal => deal,
        Quote quote => entry.Context.Set<Deal>().Local.FindEntry(quote.DealId)?.Entity,
        Payment payment => entry.Context.Set<Deal>().Local.FindEntry(payment.DealId)?.Entity,
        QuoteLine line => entry.Context.Set<Quote>().Local.FindEntry(line.QuoteId) is { Entity: var quote }
            ? entry.Context.Set<Deal>().Local.FindEntry(quote.DealId)?.Entity : null,
        _ => null,
    };

    private static string Key(EntityEntry entry) =>
        string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties.Select(property => entry.Property(property.Name).CurrentValue));

    private static string? Json(Type type, string field, object? value) => value switch
    {
        null => null,
        _ when Personal.Contains((type, field)) => JsonSerializer.Serialize(value is string text && text.Length > 0 ? "filled" : "empty"),
        _ => JsonSerializer.Serialize(value, value.GetType(), WireNames.Json),
    };
}
