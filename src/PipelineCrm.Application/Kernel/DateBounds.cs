namespace PipelineCrm.Kernel;

/// <summary>Between which days a date of a record lies, for every form, file and call.</summary>
public static class DateBounds
{
    public static readonly DateOnly Earliest = new(1900, 1, 1);
    public static readonly DateOnly Latest = new(2200, 12, 31);

    public static bool Include(DateOnly day) => day >= Earliest && day <= Latest;
}
