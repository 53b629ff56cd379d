using PipelineCrm.Domain;
using PipelineCrm.Localization;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>The fields of a request, read by the catalogue and found sound; only the database knows whether a code or a person is
/// there.</summary>
/// <param name="Raw">By the order of the catalogue: what was sent, untrimmed; null empties.</param>
internal sealed record SubmittedFields(FactCatalog Catalog, FactSubject Subject, IReadOnlyList<(FactDefinition Fact, object? Raw)> Raw)
{
    /// <param name="prefix">Path of the fields in the request, ending in a point; empty at its root.</param>
    /// <param name="before">What is there: a value that is no longer on a list stays where it was.</param>
    public static Result<SubmittedFields> Read(SubmittedFieldValues fields, FactCatalog catalog, FactSubject subject, FactValues before,
        string baseCurrency, string prefix)
    {
        var errors = Flaws(fields, catalog, subject, before, baseCurrency).GroupBy(flaw => flaw.Key)
            .ToDictionary(at => prefix + at.Key, at => at.Select(flaw => flaw.Sentence).Distinct().ToArray());
        return errors.Count > 0
            ? ValidationProblem.ForFields(errors)
            : new SubmittedFields(
                catalog,
                subject,
                [
                    .. catalog.Content(subject).Where(fact => fields.Sends(fact.Field))
                        .Select(fact => (fact, fields.ValueOf(fact.Field) is { } json ? FactJson.Raw(fact, json, baseCurrency) : null)),
                ]);
    }

    /// <summary>All that is wrong with the fields, by their names.</summary>
    public static IEnumerable<(string Key, string Sentence)> Flaws(SubmittedFieldValues fields, FactCatalog catalog, FactSubject subject,
        FactValues? before, string baseCurrency)
    {
        foreach (var name in fields.Unwritable)
        {
            yield return (name, FieldMessages.ControlCharacter);
        }

        foreach (var name in fields.Misplaced)
        {
            yield return (name, FieldMessages.UnknownField);
        }

        foreach (var (key, json) in fields.Where(field => !fields.Unwritable.Contains(field.Key)))
        {
            if (catalog.Field(subject, key) is not { } fact || fact is { Writable: false, Retired: false })
            {
                yield return (key, FieldMessages.UnknownField);
            }
            else if (fact.Retired)
            {
                yield return (key, FieldMessages.RetiredField);
            }
            else if (json is { } value && FactJson.Raw(fact, value, baseCurrency) is not { } raw)
            {
                yield return (key, FieldMessages.BadValue);
            }
            else
            {
                var sent = json is { } there ? FactJson.Raw(fact, there, baseCurrency) : null;
                foreach (var sentence in sent is not null && fact.Choices is not null && FactJson.Of(sent) == before?[fact.Key] ? []
                    : FactRules.Flaws(fact, sent))
                {
                    yield return (key, sentence);
                }
            }
        }
    }

    /// <summary>What only the database, or what is there already, says of the values; null where all is well.</summary>
    /// <param name="basis">What they are written onto.</param>
    public Problem? Invalid(FactValues before, FactValues basis, ChoiceLookup known, string baseCurrency, string prefix)
    {
        var unknown = Raw
            .Select(field => (field.Fact, Value: FactJson.Of(field.Raw).Value as string))
            .Where(field => field.Value is { } value && value != before.Text(field.Fact.Key) && !known.Has(field.Fact, value))
            .Select(field => (field.Fact,
                Sentence: field.Fact.Key == FieldKey.OwnerId ? DealMessages.UnknownOwner : FieldMessages.UnknownChoice));
        var errors = unknown.Concat(Misfits(Written(basis, baseCurrency)))
            .GroupBy(flaw => prefix + flaw.Fact.Field)
            .ToDictionary(at => at.Key, at => at.Select(flaw => flaw.Sentence).ToArray());
        return errors.Count == 0 ? null : ValidationProblem.ForFields(errors);
    }

    /// <summary>Amounts that have more decimals than their currency, at whichever of both was sent.</summary>
    private IEnumerable<(FactDefinition Fact, string Sentence)> Misfits(FactValues written) =>
        from amount in Catalog.Content(Subject)
        where amount.CurrencyKey is not null
        let sent = Raw.Select(field => field.Fact).FirstOrDefault(fact => fact == amount)
            ?? Raw.Select(field => field.Fact).FirstOrDefault(fact => fact.Key == amount.CurrencyKey)
        let sentence = FieldRules.MisfitOf(written.Number(amount.Key), written.Text(amount.CurrencyKey!))
        where sent is not null && sentence is not null
        select (sent, sentence);

    /// <summary>The values with what was sent; an amount without a currency is in the organisation's.</summary>
    public FactValues Written(FactValues before, string baseCurrency)
    {
        var values = before.With(Sent);
        return values.With(Catalog.Content(Subject)
            .Where(fact => fact.CurrencyKey is { } currency && values[fact.Key].Value is not null && values[currency].IsEmpty)
            .Select(fact => KeyValuePair.Create(fact.CurrencyKey!, Fact.Of(baseCurrency))));
    }

    /// <summary>What was sent, by the keys of the facts.</summary>
    public IEnumerable<KeyValuePair<string, Fact>> Sent => Raw.Select(one => KeyValuePair.Create(one.Fact.Key, FactJson.Of(one.Raw)));

    /// <summary>Everything that was sent, as the facts that it makes; an amount and its currency are told together.</summary>
    public IEnumerable<KeyValuePair<string, Fact>> Facts(FactValues written)
    {
        var sent = Raw.Select(field => field.Fact.Key).ToHashSet();
        foreach (var amount in Catalog.Content(Subject)
            .Where(fact => fact.CurrencyKey is { } currency && (sent.Contains(fact.Key) || sent.Contains(currency))))
        {
            sent.UnionWith([amount.Key, amount.CurrencyKey!]);
        }

        return Catalog.Content(Subject).Where(fact => sent.Contains(fact.Key))
            .Select(fact => KeyValuePair.Create(fact.Key, FactBuilder.Of(fact, written)));
    }

    /// <summary>What of it stands in the body that an idempotency key is kept with: in the order in which it always stood there.</summary>
    public Dictionary<string, object?> Body() => Raw.OrderBy(field => field.Fact.Key is FieldKey.Title or FieldKey.Source
        or FieldKey.OwnerId).ToDictionary(field => field.Fact.Field, field => field.Raw);
}
