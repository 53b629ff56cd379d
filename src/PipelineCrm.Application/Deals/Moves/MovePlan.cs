using System.Text.Json;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>What a move of an existing deal would write, ready to be judged.</summary>
/// <param name="Content">Of the deal that the move's fields are written to: the new one where it opens one.</param>
/// <param name="Facts">Those of the deal that is judged: the new one where it opens one.</param>
internal sealed record MovePlan(MoveKind Kind, DealSnapshot Side, CustomerSnapshot? Customer, DealContent Content, DealFacts Facts,
    RequestedMove Wanted)
{
    private const string ReferralSource = "referral";
    private const string CycleRule = "referrer-cycle";

    private bool Opens => Kind is MoveKind.Repurchase or MoveKind.Refer;

    private int Cycle => Kind switch { MoveKind.Repurchase => Side.Deal.Cycle + 1, MoveKind.Refer => 1, _ => Side.Deal.Cycle };

    public static MovePlan Of(MoveDeal.Command request, SubmittedFields sent, MoveTransaction transaction, DealSnapshot snapshot)
    {
        var kind = request.Kind;
        var customer = kind == MoveKind.Refer && request.CustomerId is null ? null : transaction.Customer;
        var basis = Basis(kind, snapshot.Deal.Content);
        var content = basis with { Values = sent.Written(basis.Values, transaction.Actor.Organisation.BaseCurrency) };
        var fields = sent.Facts(content.Values)
            .Append(new(FieldKey.ReasonCode, Fact.Of(FieldRules.TrimToNull(request.Reason?.Code))))
            .Append(new(FieldKey.ReasonText, Fact.Of(FieldRules.TrimToNull(request.Reason?.Text))))
            .Append(new(FieldKey.CustomerId, Fact.Of(request.CustomerId?.ToString())));
        var facts = FactsFor(kind, snapshot, customer, content, transaction);
        var wanted = new RequestedMove(kind, request.To, fields.ToDictionary(),
            request.Override is { } over ? new Override(over.Code.Trim(), over.Text.Trim()) : null);
        return new MovePlan(kind, snapshot, customer, content, facts, wanted);
    }

    /// <summary>What a move of that kind looks at, before it brings anything: for explaining.</summary>
    public static DealFacts FactsFor(
        MoveKind kind, DealSnapshot snapshot, CustomerSnapshot? customer, DealContent content, FactCatalog catalog, DateOnly today,
        DateTimeOffset now) => kind switch
        {
            MoveKind.Repurchase => Opening(snapshot, customer,
                new CreationContext(content.Values, snapshot.Deal.Cycle + 1, Stage.Consideration, today), catalog),
            MoveKind.Refer => Opening(snapshot, customer, new CreationContext(content.Values, 1, Stage.Awareness, today), catalog),
            _ => FactBuilder.OfDeal(snapshot.Deal, snapshot.Facts, customer!.AllFacts(catalog), catalog, today, now),
        };

    private static DealFacts Opening(DealSnapshot snapshot, CustomerSnapshot? customer, CreationContext deal, FactCatalog catalog) =>
        FactBuilder.OfOpening(deal, customer?.AllFacts(catalog), snapshot.Deal.State.Position, catalog);

    /// <summary>What the fields are written onto: the deal itself, or what a new one starts with.</summary>
    public static DealContent Basis(MoveKind kind, DealContent source) => kind switch
    {
        MoveKind.Repurchase => NextDeal(source, source.Values[FieldKey.Source]),
        MoveKind.Refer => NextDeal(source, Fact.Of(ReferralSource)),
        _ => source,
    };

    /// <summary>Rights: over the deal, and over whom it is given to.</summary>
    public Problem? CheckRights(MoveTransaction transaction)
    {
        var owner = Side.Deal.Content.OwnerId;
        return !transaction.Actor.Moves.Contains(owner) ? new Problem(ProblemCode.Forbidden, DealMessages.NotYours)
            : Content.OwnerId != owner && !transaction.Actor.Moves.Contains(Content.OwnerId)
                ? new Problem(ProblemCode.Forbidden, DealMessages.ForeignOwner)
            : null;
    }

    public Verdict Evaluate(MoveTransaction transaction)
    {
        var verdict = PurchasePath.Decide(Facts, Wanted, transaction.Rules, transaction.Actor.Role!.Value, transaction.Now);
        return verdict.Moves && Kind == MoveKind.Refer && Customer is { } referred && CannotRefer(referred, transaction)
            ? verdict with
            {
                Result = VerdictKind.Refused,
                Reason = VerdictReason.Conditions,
                Conditions = [.. verdict.Conditions, Cyclic(referred)]
            }
            : verdict;
    }

    public (LedgerBatch Batch, MoveResult Answer) Write(MoveDeal.Command request, MoveTransaction transaction, Verdict verdict)
    {
        var source = Side.Deal;
        var opened = Opens ? Opened(transaction, verdict) : null;
        var referred = Kind == MoveKind.Refer && Customer!.State.Referrer is null;
        var applied = PurchasePath.Apply(source.State, After(verdict), transaction.Now);
        var after = source with
        {
            Content = Opens ? source.Content : Content with { LostReason = Lost(request, applied.State) },
            OwnerName = !Opens && transaction.NameOf(Content.OwnerId) is { } name ? name : source.OwnerName,
            State = applied.State,
            Rank = !Opens && applied.State.Outcome == Outcome.Open ? transaction.Rank : source.Rank,
            LastSeq = source.LastSeq + 1,
            Version = source.Version + 1,
        };
        var transition = new TransitionWrite(
            transaction.Ids.First, Kind, UndoSnapshot.Of(source, after, transaction.Catalog, opened?.Id, referred).Json(), applied,
            transaction.Rules.Version,
            JsonSerializer.Serialize(verdict.Conditions, WireNames.Json), Wanted.Override,
            FieldRules.TrimToNull(request.Reason?.Code), FieldRules.TrimToNull(request.Reason?.Text), request.IdempotencyKey);
        var write = new DealWrite(source, after, transition);
        var writes = opened is null ? [write] : new[] { write, DealFactory.Write(opened, transaction, transaction.Ids.Second, verdict) };
        var status = Customer!.With(writes.Select(one => one.After), opened is null ? transaction.Ids.First : transaction.Ids.Second,
            referred ? source.CustomerId : Customer.State.Referrer, transaction.Now);
        var batch = new LedgerBatch(transaction.Actor, transaction.Now, transaction.Recorded, writes, status is null ? [] : [status]);
        var answer = new MoveResult(
            after.View(transaction.Actor, transaction.Catalog, transaction.Now), transition.View(write, transaction, verdict.Conditions),
            opened?.View(transaction.Actor, transaction.Catalog, transaction.Now), verdict.Warnings);
        return (batch, answer);
    }

    private StoredDeal Opened(MoveTransaction transaction, Verdict verdict) => DealFactory.Create(
        Content, Customer!, transaction.NameOf(Content.OwnerId) ?? Side.Deal.OwnerName, verdict.To!.Value.AsStage()!.Value,
        transaction) with
    {
        Cycle = Cycle,
        PreviousDealId = Kind == MoveKind.Repurchase ? Side.Deal.Id : null,
        PreviousOwner = Kind == MoveKind.Repurchase ? Side.Deal.Content.OwnerId : null,
        ReferredByDealId = Kind == MoveKind.Refer ? Side.Deal.Id : null,
        ReferrerOwner = Kind == MoveKind.Refer ? Side.Deal.Content.OwnerId : null,
    };

    private Position After(Verdict verdict) =>
        PurchasePath.Possible(Side.Deal.State.Position).Single(step => step.Kind == verdict.Kind && step.To == verdict.To).After;

    private string? Lost(MoveDeal.Command request, DealState after) =>
        after.Outcome == Outcome.Lost ? FieldRules.TrimToNull(request.Reason?.Code) ?? Side.Deal.Content.LostReason : null;

    private bool CannotRefer(CustomerSnapshot referred, MoveTransaction transaction) =>
        referred.Id == Side.Deal.CustomerId || (referred.State.Referrer is null && transaction.Chain.Contains(referred.Id));

    private ConditionResult Cyclic(CustomerSnapshot referred) => new(
        CycleRule, FieldKey.CustomerId, Operator.IsNot, null, JsonSerializer.SerializeToElement(referred.Id.ToString()), Truth.False,
        RequirementMode.Block,
        DealMessages.InAllLanguages(referred.Id == Side.Deal.CustomerId ? nameof(DealMessages.OtherCustomer) : "ReferrerCycle"), []);

    private static DealFacts FactsFor(MoveKind kind, DealSnapshot snapshot, CustomerSnapshot? customer, DealContent content,
        MoveTransaction transaction) => FactsFor(
        kind, snapshot, customer, kind is MoveKind.Repurchase or MoveKind.Refer ? content : snapshot.Deal.Content, transaction.Catalog,
        transaction.Today, transaction.Now);

    /// <summary>Title and owner go over to the next deal; what was agreed in the old one does not.</summary>
    private static DealContent NextDeal(DealContent source, Fact from) => new(FactValues.Of(
    [
        new(FieldKey.Title, source.Values[FieldKey.Title]), new(FieldKey.OwnerId, source.Values[FieldKey.OwnerId]),
        new(FieldKey.Source, from),
    ]));
}
