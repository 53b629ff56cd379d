using System.Diagnostics;
using System.Globalization;
using PipelineCrm.Demo;

namespace PipelineCrm.Web.Hosting;

/// <summary>Loads the demo, and says how far it is.</summary>
internal static class DemoCommand
{
    public static readonly Command Entry = new("demo", [new("", "loads invented data to look around in")], _ => _ => Invocation.Of(Run))
    {
        Unexpected = (_, _) => "demo takes no arguments.",
    };

    private static async Task<int> Run(WebApplication app, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await app.Services.GetRequiredService<UseCaseSender>()
            .Send(new LoadDemo.Command(Progress: new ProgressPrinter()), Caller.Console, ct);
        if (!result.Ok)
        {
            return await CommandFailure.Print(result.Problem);
        }

        var demo = result.Value;
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{demo.Users} users, {demo.Customers} customers, {demo.Deals} deals in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s."));
        await Console.Out.WriteLineAsync("Sign in with one click as rep@demo.example, manager@demo.example or admin@demo.example.");
        return 0;
    }

    /// <summary>Told at once, on the thread that loads: the lines come in order.</summary>
    private sealed class ProgressPrinter : IProgress<double>
    {
        private int _told;

        public void Report(double value)
        {
            if ((int)(value * 10) is var tenth && tenth > _told)
            {
                _told = tenth;
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tenth * 10} %"));
            }
        }
    }
}
