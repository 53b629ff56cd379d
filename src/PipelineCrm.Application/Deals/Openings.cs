using System.Globalization;
using System.Text.Json;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>Opens deals: new ones, and those that come of repurchase and refer.</summary>
internal static class Openings
{
    public static StoredDeal Open(DealContent content, CustomerSide customer, string ownerName, Stage stage, MoveScene scene) => new(
        DealId.New(), customer.Id, customer.Name, ownerName, content,
        PurchasePath.Apply(null, new Position(stage, Outcome.Open), scene.Now).State,
        scene.Rank, LastSeq: 1, Version: 1, Cycle: 1, null, null, scene.Now);

    /// <summary>The deal's first transition.</summary>
    public static DealWrite Write(StoredDeal deal, MoveScene scene, long id, Verdict verdict)
    {
        var applied = PurchasePath.Apply(null, deal.State.Position, scene.Now);
        var transition = new TransitionWrite(
            id, MoveKind.Create, new Undoable(null).Json(), applied, scene.Rules.Version, JsonSerializer.Serialize(verdict.Conditions, WireNames.Json));
        return new DealWrite(null, deal, transition);
    }
}

/// <summary>How a verdict that does not move the deal is answered.</summary>
internal static class Refusals
{
    public static Problem Problem(Verdict verdict) => verdict.Reason == VerdictReason.Role
        ? new Problem(ProblemCode.Forbidden, ProblemText.Forbidden)
        : new Problem(ProblemCode.MoveRefused, Sentence(verdict)) { Detail = verdict.ForMover() };

    /// <summary>What the first rule in the way says; it says what to do.</summary>
    private static string Sentence(Verdict verdict)
    {
        var failing = verdict.Stopping is [{ } first, ..] ? first : null;
        return failing?.Message.GetValueOrDefault(CultureInfo.CurrentUICulture.Name) ?? failing?.Message.GetValueOrDefault("en")
            ?? (verdict.Result == VerdictKind.NeedsFields ? DealText.NeedsFields : ProblemText.MoveRefused);
    }
}
