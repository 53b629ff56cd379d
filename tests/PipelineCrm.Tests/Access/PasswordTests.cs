using PipelineCrm.Access;

namespace PipelineCrm.Tests.Access;

public sealed class PasswordTests
{
    [Theory]
    [InlineData("short")]
    [InlineData("elevenchars")]
    [InlineData("password1234")]
    [InlineData("P4ssw0rd!2024")]
    [InlineData("passwordpassword")]
    [InlineData("qwertyuiop123")]
    [InlineData("123456789012")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("iloveyou12345")]
    [InlineData("Football-1234")]
    [InlineData("zyxwvutsrqponm")]
    [InlineData("lovelace-forever-1815")]
    [InlineData("my ada.byron is known")]
    public void What_everybody_tries_first_is_refused(string password) =>
        Assert.NotNull(PasswordPolicy.Violation(password, "ada.byron@test.example", "Ada Lovelace"));

    [Theory]
    [InlineData("green boats on seven lakes")]
    [InlineData("correct mule battery pin")]
    [InlineData("kT7#vQ9!mZ2x")]
    [InlineData("840275193862")]
    [InlineData("七条绿色的船停在湖上很久了")]
    public void What_is_long_and_not_common_is_taken_whatever_it_is_made_of(string password) =>
        Assert.Null(PasswordPolicy.Violation(password, "ada.byron@test.example", "Ada Lovelace"));

    [Fact]
    public void A_password_has_12_to_128_characters()
    {
        Assert.NotNull(PasswordPolicy.Violation("mule-tin-pa", null, null));
        Assert.Null(PasswordPolicy.Violation("mule-tin-pan", null, null));
        var long128 = string.Concat(Enumerable.Range(0, 32).Select(i => $"x{i:000}"));
        Assert.Null(PasswordPolicy.Violation(long128, null, null));
        Assert.NotNull(PasswordPolicy.Violation(long128 + "y", null, null));
    }
}
