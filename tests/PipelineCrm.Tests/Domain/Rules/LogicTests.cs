using PipelineCrm.Domain;

namespace PipelineCrm.Tests.Domain;

public class LogicTests
{
    private static readonly Truth[] All = Enum.GetValues<Truth>();

    private static int Rank(Truth value) => value switch { Truth.False => 0, Truth.Unknown => 1, Truth.True => 2 };

    [Fact]
    public void All_is_the_least_and_any_the_greatest_with_unknown_between()
    {
        foreach (var (a, b) in All.SelectMany(a => All.Select(b => (a, b))))
        {
            Assert.Equal(Math.Min(Rank(a), Rank(b)), Rank(ThreeValuedLogic.And(a, b)));
            Assert.Equal(Math.Max(Rank(a), Rank(b)), Rank(ThreeValuedLogic.Or(a, b)));
        }
    }

    [Fact]
    public void The_laws_of_logic_hold_for_all_values()
    {
        foreach (var (a, b, c) in All.SelectMany(a => All.SelectMany(b => All.Select(c => (a, b, c)))))
        {
            Assert.Equal(ThreeValuedLogic.And(a, b), ThreeValuedLogic.And(b, a));
            Assert.Equal(ThreeValuedLogic.And(a, ThreeValuedLogic.And(b, c)), ThreeValuedLogic.And(ThreeValuedLogic.And(a, b), c));
            Assert.Equal(ThreeValuedLogic.Or(a, ThreeValuedLogic.And(b, c)),
                ThreeValuedLogic.And(ThreeValuedLogic.Or(a, b), ThreeValuedLogic.Or(a, c)));
            Assert.Equal(ThreeValuedLogic.Not(ThreeValuedLogic.And(a, b)),
                ThreeValuedLogic.Or(ThreeValuedLogic.Not(a), ThreeValuedLogic.Not(b)));
            Assert.Equal(a, ThreeValuedLogic.And(a, ThreeValuedLogic.Or(a, b)));
            Assert.Equal(a, ThreeValuedLogic.Not(ThreeValuedLogic.Not(a)));
        }
    }

    [Fact]
    public void Nothing_asked_is_true_and_nothing_offered_is_false()
    {
        Assert.Equal(Truth.True, ThreeValuedLogic.All([]));
        Assert.Equal(Truth.False, ThreeValuedLogic.Any([]));
    }
}
