namespace PipelineCrm.Domain;

/// <summary>What a rule set that can be judged by may still mean otherwise than its author thinks.</summary>
internal enum RuleWarningKind
{
    /// <summary>No move that is on leads into the stage.</summary>
    UnreachableStage = 1,

    /// <summary>Deals come into the stage, and no move that is on takes them out or ends them.</summary>
    DeadEnd = 2,

    /// <summary>Conditions on one field of which all must hold, and no value lets them.</summary>
    Contradiction = 3,
}
