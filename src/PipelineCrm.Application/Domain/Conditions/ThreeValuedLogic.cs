namespace PipelineCrm.Domain;

/// <summary>Three-valued logic: false, then unknown, then true; all is the least of its parts, any the greatest.</summary>
internal static class ThreeValuedLogic
{
    public static Truth Of(bool value) => value ? Truth.True : Truth.False;

    public static Truth And(Truth left, Truth right) => (left, right) switch
    {
        (Truth.False, _) or (_, Truth.False) => Truth.False,
        (Truth.True, Truth.True) => Truth.True,
        _ => Truth.Unknown,
    };

    public static Truth Or(Truth left, Truth right) => Not(And(Not(left), Not(right)));

    public static Truth Not(Truth value) => value switch
    {
        Truth.False => Truth.True,
        Truth.True => Truth.False,
        Truth.Unknown => Truth.Unknown,
    };

    public static Truth All(IEnumerable<Truth> parts) => parts.Aggregate(Truth.True, And);

    public static Truth Any(IEnumerable<Truth> parts) => parts.Aggregate(Truth.False, Or);
}
