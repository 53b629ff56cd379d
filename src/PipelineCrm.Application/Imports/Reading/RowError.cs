namespace PipelineCrm.Imports;

/// <summary>What is wrong with one row.</summary>
/// <param name="Row">The line of the file that the row starts on.</param>
/// <param name="Column">Empty where the row as a whole is meant.</param>
/// <param name="Value">As it stands in the file.</param>
/// <param name="Reason">A sentence for the person.</param>
public sealed record RowError(string File, long Row, string Column, string Value, string Reason)
{
    public override string ToString() =>
        Column.Length == 0 ? $"{File}, row {Row}: {Reason}" : $"{File}, row {Row}, {Column} = \"{Value}\": {Reason}";
}
