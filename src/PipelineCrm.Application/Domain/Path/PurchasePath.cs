using static PipelineCrm.Domain.MoveKind;
using static PipelineCrm.Domain.Stage;

namespace PipelineCrm.Domain;

/// <summary>The state machine of a deal: which moves exist, whether a wanted one may be made, and what it does. No I/O, no clock.</summary>
public static partial class PurchasePath
{
    /// <summary>
    /// Every move there is, one row a move. What no row describes is impossible, whatever the rules say.
    /// Undo is no row: it takes back a transition, is checked for rights only, and has its own use case.
    /// </summary>
    public static readonly IReadOnlyList<PathRow> Table =
    [
        //  kind        from                                      to                        by default
        new(Create,     PathOrigin.Nothing,                            PathTarget.AwarenessOrNext,   On: true),
        new(Advance,    PathOrigin.Open(Awareness, Purchase),          PathTarget.NextStage,         On: true),
        new(Skip,       PathOrigin.Open(Awareness, Decision),          PathTarget.TwoOrMoreOn,       On: false),
        new(Back,       PathOrigin.Open(Consideration, PostPurchase),  PathTarget.AnyEarlier,        On: true),
        new(Lose,       PathOrigin.Open(Awareness, Purchase),          PathTarget.Lost,              On: true),
        new(Lose,       PathOrigin.Open(PostPurchase, PostPurchase),   PathTarget.Lost,              On: false),
        new(Reopen,     PathOrigin.Lost,                               PathTarget.SameStage,         On: true),
        new(Complete,   PathOrigin.Open(PostPurchase, PostPurchase),   PathTarget.Completed,         On: true),
        new(Repurchase, PathOrigin.OpenOrCompleted(PostPurchase),      PathTarget.NextDeal,          On: true),
        new(Refer,      PathOrigin.OpenOrCompleted(Purchase),          PathTarget.OthersDeal,        On: true),
    ];

    /// <summary>All steps of the machine, one for each start and target that a row of the table allows.</summary>
    public static readonly IReadOnlyList<PathStep> Steps = [.. Table.SelectMany(row => row.Steps())];

    private static readonly ILookup<Position, PathStep> StepsFrom = Steps.Where(step => step.From is not null)
        .ToLookup(step => step.From!.Value);

    private static readonly IReadOnlyList<PathStep> FirstSteps = [.. Steps.Where(step => step.From is null)];

    /// <summary>All that can be wanted of a deal there (null: of no deal yet), on or off.</summary>
    public static IReadOnlyList<PathStep> Possible(Position? from) => from is { } position ? [.. StepsFrom[position]] : FirstSteps;

    /// <summary>Whether the wanted move may be made: total, and the same answer for the same input.</summary>
    /// <param name="facts">Of the deal; for create, repurchase and refer those of the deal to be opened, at the position of the
    /// source.</param>
    public static Verdict Decide(DealFacts facts, RequestedMove move, RuleSet rules, Role actor, DateTimeOffset now)
    {
        if (Resolve(facts.Position, move) is not { } step)
        {
            return Refused(move.Kind, move.To, VerdictReason.Impossible);
        }

        var rows = rules.Moves.Where(step.IsOf).ToList();
        if (rows.Count == 0)
        {
            return Refused(step.Kind, step.To, VerdictReason.SwitchedOff);
        }

        return actor == Role.Viewer || rows.Find(row => row.Roles.Contains(actor)) is not { } row
            ? Refused(step.Kind, step.To, VerdictReason.Role)
            : Judge(step, facts.ForDecision(move, now), Demanded(step, row, rules), actor, move.Override);
    }

    /// <summary>The verdict on everything possible from where the deal stands, as a move without fields would get it.</summary>
    public static IReadOnlyList<Verdict> Explain(DealFacts facts, RuleSet rules, Role actor, DateTimeOffset now) =>
        [.. Possible(facts.Position).Select(step => Decide(facts, step.Wanted, rules, actor, now))];

    /// <summary>What a move is judged by, in this order: its own demands, leaving the old stage, entering those passed over and the new
    /// one.</summary>
    public static IReadOnlyList<Requirement> Demanded(PathStep step, MoveRule row, RuleSet rules)
    {
        var demanded = new List<Requirement>(row.Require);
        switch (step.Kind)
        {
            case Advance or Skip:
                demanded.AddRange(Of(step.From!.Value.Stage)?.Leave ?? []);
                demanded.AddRange(Stages.All.Where(stage => stage > step.From.Value.Stage && stage.ToPlace() <= step.To)
                    .SelectMany(stage => Of(stage)?.Enter ?? []));
                break;
            case Create or Repurchase or Refer:
                demanded.AddRange(Of(step.To.AsStage()!.Value)?.Enter ?? []);
                break;
            case Back or Lose or Reopen or Complete or MoveKind.Undo or Import:
                break;
        }

        return [.. demanded.DistinctBy(requirement => requirement.Key)];

        StageRules? Of(Stage stage) => rules.Stages.GetValueOrDefault(stage);
    }

    private static PathStep? Resolve(Position? from, RequestedMove move)
    {
        var steps = Possible(from).Where(step => step.Kind == move.Kind && (move.To is null || step.To == move.To)).Take(2).ToList();
        return steps.Count == 1 ? steps[0] : null;
    }

    private static Verdict Judge(PathStep step, DealFacts facts, IReadOnlyList<Requirement> demanded, Role actor, Override? withOverride)
    {
        var judged = demanded.Select(requirement => new RequirementEvaluation(requirement, facts, step.Kind)).ToList();
        var failing = judged.Where(one => one.IsMet != Truth.True).ToList();
        var overridden = failing.Where(one => one.Blocks && withOverride is not null && one.Requirement.OverrideBy.Contains(actor))
            .ToList();
        var blocking = failing.Where(one => one.Blocks).Except(overridden).ToList();
        var fields = blocking.SelectMany(one => one.Fields()).Distinct().ToList();
        var result = blocking switch
        {
            _ when blocking.Exists(one => !one.CanBeMet) => VerdictKind.Refused,
            [_, ..] => VerdictKind.NeedsFields,
            [] when overridden.Count > 0 || failing.Exists(one => one.Requirement.Mode == RequirementMode.Warn) => VerdictKind.Warned,
            [] => VerdictKind.Allowed,
        };
        return new Verdict(
            step.Kind,
            step.To,
            result,
            result == VerdictKind.Allowed ? VerdictReason.None : VerdictReason.Conditions,
            result == VerdictKind.NeedsFields ? fields : [],
            [.. judged.SelectMany(one => one.Conditions())],
            [.. overridden.Select(one => one.Requirement.Key)]);
    }

    private static Verdict Refused(MoveKind kind, Place? to,
        VerdictReason reason) => new(kind, to, VerdictKind.Refused, reason, [], [], []);
}
