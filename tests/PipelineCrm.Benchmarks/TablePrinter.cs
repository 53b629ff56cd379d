namespace PipelineCrm.Benchmarks;

/// <summary>One line per figure: what was measured, the limit taken in the same run, and their ratio.</summary>
internal static class TablePrinter
{
    public static void Line(string part, string what, string measured, string limit = "", double? ratio = null) =>
        Console.WriteLine($"{part,-9}{what,-46}{measured,20}{limit,20}{ratio,8:0.00}");
}
