using FluentValidation;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>What the fields of a deal must be, and what they become; the same for a move, a new deal and a form.</summary>
internal static class MoveFieldsRules
{
    public const int CodeLength = 100;
    public const int ReasonLength = 2000;

    /// <param name="prefix">Path of the fields in the request, ending in a point; empty at its root.</param>
    public static void AddFields<T>(this AbstractValidator<T> rules, Func<T, MoveFields> fields, string prefix)
    {
        rules.RuleFor(x => fields(x).Title.Value).RequiredText(Deal.TitleLength).OverridePropertyName(prefix + FieldKey.Title).When(x => fields(x).Title.IsSent);
        rules.RuleFor(x => fields(x).Amount.Value).PlausibleAmount().OverridePropertyName(prefix + FieldKey.Amount);
        rules.RuleFor(x => fields(x).Currency.Value).CurrencyCode().OverridePropertyName(prefix + FieldKey.Currency);
        rules.RuleFor(x => fields(x).ExpectedClose.Value).PlausibleDate().OverridePropertyName(prefix + FieldKey.ExpectedClose);
        rules.RuleFor(x => fields(x).Source.Value).CleanText(CodeLength).OverridePropertyName(prefix + FieldKey.Source);
        rules.RuleFor(x => fields(x).OwnerId.Value).Must(owner => owner is not null).WithMessage(_ => FieldText.Required)
            .OverridePropertyName(prefix + FieldKey.OwnerId).When(x => fields(x).OwnerId.IsSent);
    }

    /// <summary>What only the database knows about the fields; null where all is well.</summary>
    /// <param name="before">The deal that the fields are sent for; null: a new one.</param>
    /// <param name="basis">What the fields are written onto; null: <paramref name="before"/>.</param>
    public static Problem? Unknown(this MoveScene scene, MoveFields fields, DealContent? before, string prefix, DealContent? basis = null)
    {
        var errors = new Dictionary<string, string[]>();
        if (Misfit(fields, basis ?? before, scene.Actor.Organisation.BaseCurrency) is ({ } field, { } sentence))
        {
            errors[prefix + field] = [sentence];
        }

        if (!scene.KnownSource && FieldRules.Kept(fields.Source.Value) != before?.Source)
        {
            errors[prefix + FieldKey.Source] = [FieldText.UnknownChoice];
        }

        if (fields.OwnerId.Value is { } owner && scene.NewOwnerName is null && owner != before?.OwnerId)
        {
            errors[prefix + FieldKey.OwnerId] = [DealText.UnknownOwner];
        }

        return errors.Count == 0 ? null : Invalid.Fields(errors);
    }

    /// <summary>An amount that has more decimals than its currency, at whichever of both was sent.</summary>
    private static (string Field, string Sentence)? Misfit(MoveFields fields, DealContent? before, string baseCurrency)
    {
        var amount = fields.Amount.IsSent ? fields.Amount.Value : before?.Amount;
        var currency = (fields.Currency.IsSent ? fields.Currency.Value : before?.Currency) ?? baseCurrency;
        return (fields.Amount.IsSent || fields.Currency.IsSent) && FieldRules.MisfitOf(amount, currency) is { } sentence
            ? (fields.Amount.IsSent ? FieldKey.Amount : FieldKey.Currency, sentence)
            : null;
    }

    /// <summary>The content with what was sent; an amount without a currency is in the organisation's.</summary>
    public static DealContent Written(this MoveFields fields, DealContent content, string baseCurrency)
    {
        var amount = fields.Amount.IsSent ? fields.Amount.Value : content.Amount;
        var currency = fields.Currency.IsSent ? Currencies.CodeOf(fields.Currency.Value) : content.Currency;
        return content with
        {
            Amount = amount is { } known ? Money.Plain(known) : null,
            Currency = amount is null ? currency : currency ?? baseCurrency,
            ExpectedClose = fields.ExpectedClose.IsSent ? fields.ExpectedClose.Value : content.ExpectedClose,
            Title = fields.Title.IsSent ? fields.Title.Value!.Trim() : content.Title,
            Source = fields.Source.IsSent ? FieldRules.Kept(fields.Source.Value) : content.Source,
            OwnerId = fields.OwnerId is { IsSent: true, Value: { } owner } ? owner : content.OwnerId,
        };
    }

    /// <summary>Everything that was sent, as the facts that it makes.</summary>
    public static IEnumerable<KeyValuePair<string, Fact>> Facts(this MoveFields fields, DealContent written)
    {
        if (fields.Amount.IsSent || fields.Currency.IsSent)
        {
            yield return new(FieldKey.Amount, FactsOfDeal.Amount(written.Amount, written.Currency));
            yield return new(FieldKey.Currency, Fact.Of(written.Currency));
        }

        if (fields.ExpectedClose.IsSent)
        {
            yield return new(FieldKey.ExpectedClose, Fact.Of(written.ExpectedClose));
        }

        if (fields.Title.IsSent)
        {
            yield return new(FieldKey.Title, Fact.Of(written.Title));
        }

        if (fields.Source.IsSent)
        {
            yield return new(FieldKey.Source, Fact.Of(written.Source));
        }

        if (fields.OwnerId.IsSent)
        {
            yield return new(FieldKey.OwnerId, Fact.Of(written.OwnerId.ToString()));
        }
    }
}
