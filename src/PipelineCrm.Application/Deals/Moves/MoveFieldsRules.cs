using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>What the fields of a deal must be, and what they become; the same for a move, a new deal and a form.</summary>
internal static class MoveFieldsRules
{
    public const int CodeLength = 100;
    public const int ReasonLength = 2000;

    /// <param name="prefix">Path of the fields in the request, ending in a point; empty at its root.</param>
    public static void AddFields<T>(this AbstractValidator<T> rules, Func<T, MoveFields> fields, string prefix)
    {
        rules.RuleFor(x => fields(x).Title.Value).RequiredText(Deal.TitleLength).OverridePropertyName(prefix + FieldKey.Title).When(x => fields(x).Title.IsSet);
        rules.RuleFor(x => fields(x).Amount.Value).PlausibleAmount().OverridePropertyName(prefix + FieldKey.Amount);
        rules.RuleFor(x => fields(x).Currency.Value).CurrencyCode().OverridePropertyName(prefix + FieldKey.Currency);
        rules.RuleFor(x => fields(x).ExpectedClose.Value).PlausibleDate().OverridePropertyName(prefix + FieldKey.ExpectedClose);
        rules.RuleFor(x => fields(x).Source.Value).CleanText(CodeLength).OverridePropertyName(prefix + FieldKey.Source);
        rules.RuleFor(x => fields(x).OwnerId.Value).Must(owner => owner is not null).WithMessage(_ => FieldMessages.Required)
            .OverridePropertyName(prefix + FieldKey.OwnerId).When(x => fields(x).OwnerId.IsSet);
    }

    /// <summary>What only the database knows about the fields; null where all is well.</summary>
    public static Problem? Unknown(this MoveTransaction transaction, MoveFields fields, DealContent? before, string prefix)
    {
        var errors = new Dictionary<string, string[]>();
        if (!transaction.KnownSource && FieldRules.TrimToNull(fields.Source.Value) != before?.Source)
        {
            errors[prefix + FieldKey.Source] = [FieldMessages.UnknownChoice];
        }

        if (fields.OwnerId.Value is { } owner && transaction.NewOwnerName is null && owner != before?.OwnerId)
        {
            errors[prefix + FieldKey.OwnerId] = [DealMessages.UnknownOwner];
        }

        return errors.Count == 0 ? null : ValidationProblem.ForFields(errors);
    }

    /// <summary>The content with what was sent; an amount without a currency is in the organisation's.</summary>
    public static DealContent Written(this MoveFields fields, DealContent content, string baseCurrency)
    {
        var amount = fields.Amount.IsSet ? fields.Amount.Value : content.Amount;
        var currency = fields.Currency.IsSet ? fields.Currency.Value : content.Currency;
        return content with
        {
            Amount = amount is { } known ? Money.Plain(known) : null,
            Currency = amount is null ? currency : currency ?? baseCurrency,
            ExpectedClose = fields.ExpectedClose.IsSet ? fields.ExpectedClose.Value : content.ExpectedClose,
            Title = fields.Title.IsSet ? fields.Title.Value!.Trim() : content.Title,
            Source = fields.Source.IsSet ? FieldRules.TrimToNull(fields.Source.Value) : content.Source,
            OwnerId = fields.OwnerId is { IsSet: true, Value: { } owner } ? owner : content.OwnerId,
        };
    }

    /// <summary>Everything that was sent, as the facts that it makes.</summary>
    public static IEnumerable<KeyValuePair<string, Fact>> Facts(this MoveFields fields, DealContent written)
    {
        if (fields.Amount.IsSet || fields.Currency.IsSet)
        {
            yield return new(FieldKey.Amount, DealFactsBuilder.Amount(written.Amount, written.Currency));
            yield return new(FieldKey.Currency, Fact.Of(written.Currency));
        }

        if (fields.ExpectedClose.IsSet)
        {
            yield return new(FieldKey.ExpectedClose, Fact.Of(written.ExpectedClose));
        }

        if (fields.Title.IsSet)
        {
            yield return new(FieldKey.Title, Fact.Of(written.Title));
        }

        if (fields.Source.IsSet)
        {
            yield return new(FieldKey.Source, Fact.Of(written.Source));
        }

        if (fields.OwnerId.IsSet)
        {
            yield return new(FieldKey.OwnerId, Fact.Of(written.OwnerId.ToString()));
        }
    }
}
