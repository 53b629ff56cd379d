using System.Text.Json;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>What a move of an existing deal would write, ready to be judged.</summary>
/// <param name="Content">Of the deal that the move's fields are written to: the new one where it opens one.</param>
/// <param name="Facts">Those of the deal that is judged: the new one where it opens one.</param>
internal sealed record Intention(MoveKind Kind, DealSide Side, CustomerSide? Customer, DealContent Content, DealFacts Facts, WantedMove Wanted)
{
    private const string ReferralSource = "referral";
    private const string CycleRule = "referrer-cycle";

    private bool Opens => Kind is MoveKind.Repurchase or MoveKind.Refer;

    private int Cycle => Kind switch { MoveKind.Repurchase => Side.Deal.Cycle + 1, MoveKind.Refer => 1, _ => Side.Deal.Cycle };

    public static Intention Of(MoveDeal.Command request, SentFields sent, MoveScene scene, DealSide side)
    {
        var kind = request.Kind;
        var customer = kind == MoveKind.Refer && request.CustomerId is null ? null : scene.Customer;
        var basis = Basis(kind, side.Deal.Content);
        var content = basis with { Values = sent.Written(basis.Values, scene.Actor.Organisation.BaseCurrency) };
        var fields = sent.Facts(content.Values)
            .Append(new(FieldKey.ReasonCode, Fact.Of(FieldRules.Kept(request.Reason?.Code))))
            .Append(new(FieldKey.ReasonText, Fact.Of(FieldRules.Kept(request.Reason?.Text))))
            .Append(new(FieldKey.CustomerId, Fact.Of(request.CustomerId?.ToString())));
        var facts = FactsFor(kind, side, customer, content, scene);
        var wanted = new WantedMove(kind, request.To, fields.ToDictionary(), request.Override is { } over ? new Override(over.Code.Trim(), over.Text.Trim()) : null);
        return new Intention(kind, side, customer, content, facts, wanted);
    }

    /// <summary>What a move of that kind looks at, before it brings anything: for explaining.</summary>
    public static DealFacts FactsFor(
        MoveKind kind, DealSide side, CustomerSide? customer, DealContent content, FactCatalog catalog, DateOnly today, DateTimeOffset now) => kind switch
        {
            MoveKind.Repurchase => Opening(side, customer, new Beginning(content.Values, side.Deal.Cycle + 1, Stage.Consideration, today), catalog),
            MoveKind.Refer => Opening(side, customer, new Beginning(content.Values, 1, Stage.Awareness, today), catalog),
            _ => FactBuilder.OfDeal(side.Deal, side.Facts, customer!.AllFacts(catalog), catalog, today, now),
        };

    private static DealFacts Opening(DealSide side, CustomerSide? customer, Beginning deal, FactCatalog catalog) =>
        FactBuilder.OfOpening(deal, customer?.AllFacts(catalog), side.Deal.State.Position, catalog);

    /// <summary>What the fields are written onto: the deal itself, or what a new one starts with.</summary>
    public static DealContent Basis(MoveKind kind, DealContent source) => kind switch
    {
        MoveKind.Repurchase => NextDeal(source, source.Values[FieldKey.Source]),
        MoveKind.Refer => NextDeal(source, Fact.Of(ReferralSource)),
        _ => source,
    };

    /// <summary>Rights: over the deal, and over whom it is given to.</summary>
    public Problem? Forbidden(MoveScene scene)
    {
        var owner = Side.Deal.Content.OwnerId;
        return !scene.Actor.Moves.Include(owner) ? new Problem(ProblemCode.Forbidden, DealText.NotYours)
            : Content.OwnerId != owner && !scene.Actor.Moves.Include(Content.OwnerId) ? new Problem(ProblemCode.Forbidden, DealText.ForeignOwner)
            : null;
    }

    public Verdict Judge(MoveScene scene)
    {
        var verdict = PurchasePath.Decide(Facts, Wanted, scene.Rules, scene.Actor.Role!.Value, scene.Now);
        return verdict.Moves && Kind == MoveKind.Refer && Customer is { } referred && CannotRefer(referred, scene)
            ? verdict with { Result = VerdictKind.Refused, Reason = VerdictReason.Conditions, Conditions = [.. verdict.Conditions, Cyclic(referred)] }
            : verdict;
    }

    public (LedgerBatch Batch, Moved Answer) Write(MoveDeal.Command request, MoveScene scene, Verdict verdict)
    {
        var source = Side.Deal;
        var opened = Opens ? Opened(scene, verdict) : null;
        var referred = Kind == MoveKind.Refer && Customer!.State.Referrer is null;
        var applied = PurchasePath.Apply(source.State, After(verdict), scene.Now);
        var after = source with
        {
            Content = Opens ? source.Content : Content with { LostReason = Lost(request, applied.State) },
            OwnerName = !Opens && scene.NameOf(Content.OwnerId) is { } name ? name : source.OwnerName,
            State = applied.State,
            Rank = !Opens && applied.State.Outcome == Outcome.Open ? scene.Rank : source.Rank,
            LastSeq = source.LastSeq + 1,
            Version = source.Version + 1,
        };
        var transition = new TransitionWrite(
            scene.Ids.First, Kind, Undoable.Of(source, after, scene.Catalog, opened?.Id, referred).Json(), applied, scene.Rules.Version,
            JsonSerializer.Serialize(verdict.Conditions, WireNames.Json), Wanted.Override,
            FieldRules.Kept(request.Reason?.Code), FieldRules.Kept(request.Reason?.Text), request.IdempotencyKey);
        var write = new DealWrite(source, after, transition);
        var writes = opened is null ? [write] : new[] { write, Openings.Write(opened, scene, scene.Ids.Second, verdict) };
        var status = Customer!.With(writes.Select(one => one.After), opened is null ? scene.Ids.First : scene.Ids.Second, referred ? source.CustomerId : Customer.State.Referrer, scene.Now);
        var batch = new LedgerBatch(scene.Actor, scene.Now, scene.Recorded, writes, status is null ? [] : [status]);
        var answer = new Moved(
            after.View(scene.Actor, scene.Catalog, scene.Now), transition.View(write, scene, verdict.Conditions), opened?.View(scene.Actor, scene.Catalog, scene.Now), verdict.Warnings);
        return (batch, answer);
    }

    private StoredDeal Opened(MoveScene scene, Verdict verdict) => Openings.Open(
        Content, Customer!, scene.NameOf(Content.OwnerId) ?? Side.Deal.OwnerName, verdict.To!.Value.AsStage()!.Value, scene) with
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
        after.Outcome == Outcome.Lost ? FieldRules.Kept(request.Reason?.Code) ?? Side.Deal.Content.LostReason : null;

    private bool CannotRefer(CustomerSide referred, MoveScene scene) =>
        referred.Id == Side.Deal.CustomerId || (referred.State.Referrer is null && scene.Chain.Contains(referred.Id));

    private ConditionResult Cyclic(CustomerSide referred) => new(
        CycleRule, FieldKey.CustomerId, Operator.IsNot, null, JsonSerializer.SerializeToElement(referred.Id.ToString()), Truth.False, RequirementMode.Block,
        DealText.InAllLanguages(referred.Id == Side.Deal.CustomerId ? nameof(DealText.OtherCustomer) : "ReferrerCycle"), []);

    private static DealFacts FactsFor(MoveKind kind, DealSide side, CustomerSide? customer, DealContent content, MoveScene scene) => FactsFor(
        kind, side, customer, kind is MoveKind.Repurchase or MoveKind.Refer ? content : side.Deal.Content, scene.Catalog, scene.Today, scene.Now);

    /// <summary>Title and owner go over to the next deal; what was agreed in the old one does not.</summary>
    private static DealContent NextDeal(DealContent source, Fact from) => new(FactValues.Of(
    [
        new(FieldKey.Title, source.Values[FieldKey.Title]), new(FieldKey.OwnerId, source.Values[FieldKey.OwnerId]), new(FieldKey.Source, from),
    ]));
}
