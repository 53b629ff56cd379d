namespace PipelineCrm.Domain;

/// <summary>Names of operators, as rule sets write them.</summary>
public static class Operator
{
    public const string Is = "is";
    public const string IsNot = "isNot";
    public const string AnyOf = "anyOf";
    public const string AllOf = "allOf";
    public const string Contains = "contains";
    public const string StartsWith = "startsWith";
    public const string Matches = "matches";
    public const string Empty = "empty";
    public const string Filled = "filled";
    public const string Eq = "eq";
    public const string Ne = "ne";
    public const string Gt = "gt";
    public const string Gte = "gte";
    public const string Lt = "lt";
    public const string Lte = "lte";
    public const string Between = "between";
    public const string Before = "before";
    public const string After = "after";
    public const string WithinLast = "withinLast";
    public const string WithinNext = "withinNext";

    /// <summary>What kind of value an operator takes beside a fact of that type; none where the type does not know it.</summary>
    public static OperandKind Operand(string op, FactType type) => Operators.Find(type, op)?.Takes ?? OperandKind.None;
}
