namespace PipelineCrm.Domain;

/// <summary>One operator of one type.</summary>
/// <param name="Holds">What it means of a value that is there: the value, what is asked for, today.</param>
/// <param name="Sql">The same for the database: {0} the fact, {1} and {2} what is asked for, {today} the day. Null: only rules may ask
/// so.</param>
/// <param name="Parameter">What of the value asked for goes to the database.</param>
/// <param name="OtherSql">Where another fact is asked for and that is written otherwise: {1} is that fact.</param>
internal sealed record TypeOperator(
    string Name,
    OperandKind Takes,
    Func<object, IReadOnlyList<object>, DateOnly, Truth> Holds,
    string? Sql,
    Func<object, object>? Parameter = null,
    string? OtherSql = null);
