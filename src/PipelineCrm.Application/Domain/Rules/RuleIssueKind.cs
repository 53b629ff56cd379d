namespace PipelineCrm.Domain;

/// <summary>What can be wrong with a rule set.</summary>
internal enum RuleIssueKind
{
    /// <summary>Not the JSON of a rule set: an unknown or missing part, or a value of another kind.</summary>
    Shape = 1,
    ImpossibleMove = 2,
    DuplicateMove = 3,
    NoRoles = 4,
    ViewerWrites = 5,
    BadKey = 6,
    DuplicateKey = 7,
    NoConditions = 8,
    AllAndAny = 9,
    TooDeep = 10,
    TooMany = 11,
    UnknownField = 12,
    UnknownOperator = 13,
    BadValue = 14,
    BadPattern = 15,
    MissingMessage = 16,
    BadDays = 17,

    /// <summary>A warning without a longest time, or after it.</summary>
    BadWarning = 18,

    /// <summary>Asked for a currency that is none in use.</summary>
    UnknownCurrency = 19,

    /// <summary>An operator that only rules may use, in a filter.</summary>
    OnlyRules = 20,
}
