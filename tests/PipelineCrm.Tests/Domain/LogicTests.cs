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
            Assert.Equal(Math.Min(Rank(a), Rank(b)), Rank(Logic.And(a, b)));
            Assert.Equal(Math.Max(Rank(a), Rank(b)), Rank(Logic.Or(a, b)));
        }
    }

    [Fact]
    public void The_laws_of_logic_hold_for_all_values()
    {
        foreach (var (a, b, c) in All.SelectMany(a => All.SelectMany(b => All.Select(c => (a, b, c)))))
        {
            Assert.Equal(Logic.And(a, b), Logic.And(b, a));
            Assert.Equal(Logic.And(a, Logic.And(b, c)), Logic.And(Logic.And(a, b), c));
            Assert.Equal(Logic.Or(a, Logic.And(b, c)), Logic.And(Logic.Or(a, b), Logic.Or(a, c)));
            Assert.Equal(Logic.Not(Logic.And(a, b)), Logic.Or(Logic.Not(a), Logic.Not(b)));
            Assert.Equal(a, Logic.And(a, Logic.Or(a, b)));
            Assert.Equal(a, Logic.Not(Logic.Not(a)));
        }
    }

    [Fact]
    public void Nothing_asked_is_true_and_nothing_offered_is_false()
    {
        Assert.Equal(Truth.True, Logic.All([]));
        Assert.Equal(Truth.False, Logic.Any([]));
    }
}
