using System.Diagnostics;
using PipelineCrm.Domain;

namespace PipelineCrm.Benchmarks.Parts;

/// <summary>What deciding alone costs: an advance into Decision under the default rules, which ask for two fields there.</summary>
internal static class VerdictPart
{
    public static void Run()
    {
        var (rules, now) = (DefaultRules.Create(), TimeProvider.System.GetUtcNow());
        var facts = new DealFacts(
            new(Stage.Consideration, Outcome.Open), now.AddDays(-3), DateOnly.FromDateTime(now.UtcDateTime),
            new Dictionary<string, Fact>
            {
                [FieldKey.Amount] = Fact.Of((decimal?)5000),
                [FieldKey.ExpectedClose] = Fact.Of((DateOnly?)DateOnly.FromDateTime(now.UtcDateTime))
            });
        var move = new RequestedMove(MoveKind.Advance, null, new Dictionary<string, Fact>());
        const int rounds = 200_000;
        Repeat(rounds);
        var started = Stopwatch.GetTimestamp();
        var allowed = Repeat(rounds);
        var each = Stopwatch.GetElapsedTime(started).TotalMicroseconds / rounds;
        TablePrinter.Line("verdict", $"advance into Decision, allowed {allowed} of {rounds}", $"{each:0.00} µs");

        int Repeat(int times)
        {
            var yes = 0;
            for (var i = 0; i < times; i++)
            {
                yes += PurchasePath.Decide(facts, move, rules, Role.Rep, now).Moves ? 1 : 0;
            }

            return yes;
        }
    }
}
