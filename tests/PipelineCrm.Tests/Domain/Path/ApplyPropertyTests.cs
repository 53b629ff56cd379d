using FsCheck;
using FsCheck.Fluent;
using PipelineCrm.Domain;
using Outcome = PipelineCrm.Domain.Outcome;

namespace PipelineCrm.Tests.Domain;

/// <summary>Random histories of a deal: only moves that the rules accept, undos in between; the state against an account kept by other
/// means.</summary>
public class ApplyPropertyTests
{
    /// <param name="Undoes">Where in the ledger the transition stands that this one takes back.</param>
    private sealed record Entry(Position To, DateTimeOffset At, DealState? Before, TransitionEffect Effect, int? Undoes);

    private static readonly Gen<List<Entry>> Life =
        from rules in Generate.Rules
        from choices in FsCheck.Fluent.Gen.Choose(0, 999).ListOf(25)
        from gaps in FsCheck.Fluent.Gen.Choose(0, 400_000).ListOf(25)
        select Live(rules, [.. choices], [.. gaps]);

    /// <summary>A rule set that has too little on is filled up with the defaults, so that lives are long enough to be worth a
    /// look.</summary>
    private static List<Entry> Live(RuleSet rules, int[] choices, int[] gaps)
    {
        var ledger = new List<Entry>();
        var at = Example.Now;
        var all = rules with { Moves = [.. rules.Moves, .. Example.Defaults.Moves] };
        foreach (var (choice, gap) in choices.Zip(gaps))
        {
            at = at.AddSeconds(gap);
            var state = ledger.LastOrDefault()?.Effect.State;
            if (choice % 5 == 0 && Undoable(ledger) is { } last)
            {
                ledger.Add(new Entry(ledger[last].Before!.Position, at, state, PurchasePath.Undo(ledger[last].Before!), last));
                continue;
            }

            var allowed = PurchasePath.Possible(state?.Position)
                .Where(step => PurchasePath.Decide(Example.Facts(state?.Position, Known),
                    step.Wanted with { Fields = Known.ToDictionary(x => x.Item1, x => x.Item2) }, all, Role.Admin, at).Moves)
                .ToList();
            if (allowed.Count > 0)
            {
                var after = allowed[choice % allowed.Count].After;
                ledger.Add(new Entry(after, at, state, PurchasePath.Apply(state, after, at), null));
            }
        }

        return ledger;
    }

    private static readonly (string, Fact)[] Known = [.. FactCatalog.BuiltIn.All.Select(field => (field.Key, field.Type switch
    {
        FactType.Date => Fact.Of(Example.Today),
        FactType.Number or FactType.Money or FactType.Count => Example.Number(1),
        FactType.Flag => Fact.Of(true),
        FactType.Text or FactType.Choice or FactType.User => Fact.Of("acme"),
        FactType.Choices => Fact.Of(ChoiceSet.Of(["acme"])),
    }))];

    /// <summary>The latest transition that is neither undone nor an undo; not the first, which leaves no deal.</summary>
    private static int? Undoable(List<Entry> ledger)
    {
        var undone = ledger.Where(entry => entry.Undoes is not null).Select(entry => entry.Undoes!.Value).ToHashSet();
        var last = Enumerable.Range(0, ledger.Count).LastOrDefault(i => ledger[i].Undoes is null && !undone.Contains(i), -1);
        return last > 0 ? last : null;
    }

    /// <summary>The ledger as if what was undone had never been.</summary>
    private static List<Entry> Effective(List<Entry> ledger)
    {
        var undone = ledger.Where(entry => entry.Undoes is not null).Select(entry => entry.Undoes!.Value).ToHashSet();
        return [.. ledger.Where((entry, i) => entry.Undoes is null && !undone.Contains(i))];
    }

    [Fact]
    public void Replaying_the_ledger_yields_the_present_state() =>
        Generate.Check(Life, ledger =>
        {
            var states = new List<DealState>();
            foreach (var entry in ledger)
            {
                var before = states.LastOrDefault();
                states.Add(entry.Undoes is { } undone ? states[undone - 1] : PurchasePath.Apply(before, entry.To, entry.At).State);
            }

            return states.SequenceEqual(ledger.Select(entry => entry.Effect.State));
        });

    [Fact]
    public void The_state_is_as_if_the_undone_moves_had_never_been() =>
        Generate.Check(Life, ledger =>
        {
            var never = Effective(ledger)
                .Aggregate((DealState?)null, (state, entry) => PurchasePath.Apply(state, entry.To, entry.At).State);
            return ledger.Count == 0 || never == ledger[^1].Effect.State;
        }, 1000);

    [Fact]
    public void The_furthest_stage_and_the_win_follow_from_the_entries_that_are_not_undone() =>
        Generate.Check(Life, ledger =>
        {
            if (ledger.Count == 0)
            {
                return true;
            }

            var effective = Effective(ledger);
            var state = ledger[^1].Effect.State;
            return state.FurthestStage == effective.Max(entry => entry.To.Stage)
                && state.WonAt == effective.FirstOrDefault(entry => entry.To.Stage >= Stage.Purchase)?.At
                && state.Position == effective[^1].To;
        }, 1000);

    [Fact]
    public void Every_stage_up_to_the_furthest_is_counted_once() =>
        Generate.Check(Life, ledger =>
        {
            var counted = Effective(ledger).Where(entry => entry.Effect.CountedTo is not null)
                .SelectMany(entry => Enumerable.Range((int)entry.Effect.CountedFrom!,
                    entry.Effect.CountedTo!.Value - entry.Effect.CountedFrom!.Value + 1))
                .ToList();
            return ledger.TrueForAll(entry => entry.Effect.CountedFrom is null == entry.Effect.CountedTo is null
                && !(entry.Effect.CountedFrom > entry.Effect.CountedTo))
                && (ledger.Count == 0 || counted.SequenceEqual(Enumerable.Range(1, (int)ledger[^1].Effect.State.FurthestStage)));
        }, 1000);

    [Fact]
    public void The_clock_shows_the_time_since_the_entry_less_the_time_lying_lost() =>
        Generate.Check(Life, ledger =>
        {
            if (ledger.Count == 0)
            {
                return true;
            }

            var now = ledger[^1].At.AddHours(5);
            var effective = Effective(ledger);
            var entered =
                effective.FindLastIndex(entry => entry.Before is null || entry.Effect.State.Stage != StageBefore(effective, entry));
            var stay = effective[entered..];
            var ends = stay.Select(entry => entry.At).Skip(1).Append(now);
            var running = stay.Zip(ends).Where(span => span.First.To.Outcome == Outcome.Open)
                .Sum(span => (long)(span.Second - span.First.At).TotalSeconds);
            return ledger[^1].Effect.State.SecondsInStage(now) == running;
        }, 1000);

    private static Stage? StageBefore(List<Entry> effective, Entry entry)
    {
        var i = effective.IndexOf(entry);
        return i == 0 ? null : effective[i - 1].To.Stage;
    }

    [Fact]
    public void An_undo_gives_back_exactly_what_was() =>
        Generate.Check(Life, ledger => ledger.TrueForAll(
            entry => entry.Undoes is not { } undone || entry.Effect == new TransitionEffect(ledger[undone].Before!, null, null, null)));
}
