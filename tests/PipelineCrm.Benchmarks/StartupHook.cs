using System.Globalization;

/// <summary>
/// Loaded into the server's process by DOTNET_STARTUP_HOOKS, before its own start: answers each line on its standard input with its
/// managed heap after a full collection and its working set, in bytes. The server itself stays as it is shipped.
/// </summary>
#pragma warning disable CA1050 // The runtime looks for this name outside of any namespace.
internal static class StartupHook
#pragma warning restore CA1050
{
    public const string Prefix = "memory ";

    public static void Initialize() => new Thread(Answer) { IsBackground = true, Name = "memory" }.Start();

    private static void Answer()
    {
        while (Console.In.ReadLine() is not null)
        {
            Collect();
            GC.WaitForPendingFinalizers();
            Collect();
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Prefix}{GC.GetTotalMemory(forceFullCollection: false)} {Environment.WorkingSet}"));
        }
    }

    private static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
