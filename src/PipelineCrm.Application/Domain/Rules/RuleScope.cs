namespace PipelineCrm.Domain;

/// <summary>Where a rule stands: at entering or leaving a stage, or at every move of a kind.</summary>
public sealed record RuleScope(RuleScopeKind Kind, Stage? Stage, MoveKind? Move)
{
    public static RuleScope Enter(Stage stage) => new(RuleScopeKind.Enter, stage, null);

    public static RuleScope Leave(Stage stage) => new(RuleScopeKind.Leave, stage, null);

    public static RuleScope Of(MoveKind move) => new(RuleScopeKind.Move, null, move);

    /// <summary>As a text for pick lists and new keys, e.g. <c>enter-decision</c>.</summary>
    public override string ToString() => $"{Kind.ToWire()}-{Stage?.ToWire() ?? Move?.ToWire()}";
}
