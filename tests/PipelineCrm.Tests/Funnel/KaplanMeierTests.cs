using FsCheck;
using FsCheck.Fluent;
using PipelineCrm.Funnel;

namespace PipelineCrm.Tests.Funnel;

public class KaplanMeierTests
{
    /// <summary>The remission times (weeks) of the 6-MP group of Freireich and others (1963), the textbooks' example.</summary>
    private static readonly StayCount[] Remission =
    [
        new(6, 3, 1), new(7, 1, 0), new(9, 0, 1), new(10, 1, 1), new(11, 0, 1), new(13, 1, 0), new(16, 1, 0), new(17, 0, 1),
        new(19, 0, 1), new(20, 0, 1), new(22, 1, 0), new(23, 1, 0), new(25, 0, 1), new(32, 0, 2), new(34, 0, 1), new(35, 0, 1),
    ];

    [Fact]
    public void It_gives_the_published_curve()
    {
        var curve = KaplanMeier.Curve(Remission).Select(point => (point.Seconds, Math.Round(point.Survival, 3)));
        Assert.Equal([(6, 0.857), (7, 0.807), (10, 0.753), (13, 0.690), (16, 0.627), (22, 0.538), (23, 0.448)], curve);
        Assert.Equal(23, KaplanMeier.Quantile(Remission, 0.5));
    }

    [Fact]
    public void A_median_that_is_not_reached_is_none() =>
        Assert.Null(KaplanMeier.Quantile([new(5, 1, 0), new(9, 0, 2)], 0.5));

    [Fact]
    public void Nothing_has_no_median() => Assert.Null(KaplanMeier.Quantile([], 0.5));

    [Fact]
    public void With_nothing_cut_off_it_is_the_plain_quantile() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Lengths(goingOn: false), Probability(), (stays, p) =>
        {
            var sorted = stays.SelectMany(s => Enumerable.Repeat(s.Seconds, (int)s.Ended)).Order().ToList();
            var plain = sorted[(int)Math.Max(0, Math.Ceiling((p * sorted.Count) - 1e-6) - 1)];
            return KaplanMeier.Quantile(stays, p) == plain;
        }));

    /// <summary>Efron (1967): sharing out the weight of each cut-off stay among the longer ones gives the same curve.</summary>
    [Fact]
    public void It_agrees_with_weight_handed_on_to_the_longer_stays() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Lengths(goingOn: true), Probability(), (stays, p) =>
        {
            var ordered = stays
                .SelectMany(s => Enumerable.Repeat((s.Seconds, Ended: true), (int)s.Ended)
                    .Concat(Enumerable.Repeat((s.Seconds, Ended: false), (int)s.GoingOn)))
                .OrderBy(s => s.Seconds).ThenBy(s => !s.Ended)
                .ToList();
            var weight = Enumerable.Repeat(1.0 / ordered.Count, ordered.Count).ToArray();
            var gone = 0.0;
            long? found = null;
            for (var i = 0; i < ordered.Count; i++)
            {
                if (!ordered[i].Ended)
                {
                    var share = weight[i] / Math.Max(1, ordered.Count - i - 1);
                    for (var longer = i + 1; longer < ordered.Count; longer++)
                    {
                        weight[longer] += share;
                    }

                    continue;
                }

                gone += weight[i];
                found ??= 1 - gone <= 1 - p + 1e-9 ? ordered[i].Seconds : null;
            }

            return KaplanMeier.Quantile(stays, p) == found;
        }));

    [Fact]
    public void It_is_the_same_for_lengths_one_by_one() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Lengths(goingOn: true), Probability(), (stays, p) =>
        {
            var lengths = new StayDurations(Each(s => s.Ended), Each(s => s.GoingOn));
            return KaplanMeier.Quantile(lengths, p) == KaplanMeier.Quantile(stays, p) && lengths.Longest == stays.Max(s => s.Seconds);

            long[] Each(Func<StayCount, long> count) => [.. stays.SelectMany(s => Enumerable.Repeat(s.Seconds, (int)count(s)))];
        }));

    [Fact]
    public void Survival_never_rises_and_stays_between_0_and_1() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Lengths(goingOn: true), stays =>
        {
            var curve = KaplanMeier.Curve(stays).Select(point => point.Survival).Prepend(1).ToList();
            return curve.All(s => s is >= 0 and <= 1) && curve.Zip(curve.Skip(1)).All(pair => pair.Second <= pair.First);
        }));

    private static Arbitrary<StayCount[]> Lengths(bool goingOn) => Arb.From(
        from stays in Gen.NonEmptyListOf(
            from seconds in Gen.Choose(0, 30)
            from ended in Gen.Choose(goingOn ? 0 : 1, 4)
            from more in Gen.Choose(0, goingOn ? 4 : 0)
            select new StayCount(seconds, ended, ended + more == 0 ? 1 : more))
        select stays.ToArray());

    private static Arbitrary<double> Probability() => Arb.From(Gen.Elements(0.1, 0.25, 0.5, 0.75, 0.9));
}
