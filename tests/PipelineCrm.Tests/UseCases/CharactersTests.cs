namespace PipelineCrm.Tests.UseCases;

public sealed class CharactersTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("𠮷", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("👩‍🚀", 1)]
    [InlineData("", 0)]
    public void They_are_counted_as_people_do(string text, int count) => Assert.Equal(count, Characters.In(text));

    [Fact]
    public void A_hundred_and_one_rare_characters_are_a_hundred_and_one()
    {
        var text = string.Concat(Enumerable.Repeat("𠮷", 101));
        Assert.True(Characters.AtMost(text, 101));
        Assert.False(Characters.AtMost(text, 100));
    }

    [Fact]
    public void A_pile_of_accents_is_not_without_end() => Assert.False(Characters.AtMost("a" + new string('\u0301', 5000), 200));
}
