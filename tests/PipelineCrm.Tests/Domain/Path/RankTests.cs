using PipelineCrm.Domain;

namespace PipelineCrm.Tests.Domain;

public sealed class RankTests
{
    [Fact]
    public void Above_and_below_go_on_for_long_and_stay_short()
    {
        var (top, bottom) = (Rank.Above(null), Rank.Below(null));
        for (var i = 0; i < 20_000; i++)
        {
            var (above, below) = (Rank.Above(top), Rank.Below(bottom));
            Assert.True(string.CompareOrdinal(above, top) < 0, $"{above} before {top}");
            Assert.True(string.CompareOrdinal(bottom, below) < 0, $"{bottom} before {below}");
            (top, bottom) = (above, below);
        }

        Assert.True(top.Length <= 5 && bottom.Length <= 5, $"{top} {bottom}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Between_two_neighbours_there_is_always_a_place(int seed)
    {
        var random = new Random(seed);
        var column = new List<string> { Rank.Above(null) };
        for (var i = 0; i < 3_000; i++)
        {
            var at = random.Next(5) == 0 ? random.Next(column.Count + 1) : Math.Min(column.Count, 3);
            var above = at == 0 ? null : column[at - 1];
            var below = at == column.Count ? null : column[at];
            var key = Rank.Between(above, below);
            Assert.True(above is null || string.CompareOrdinal(above, key) < 0, $"{above} < {key}");
            Assert.True(below is null || string.CompareOrdinal(key, below) < 0, $"{key} < {below}");
            column.Insert(at, key);
        }
    }

    [Fact]
    public void Neighbours_out_of_order_are_a_bug_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => Rank.Between("a1", "a1"));
}
