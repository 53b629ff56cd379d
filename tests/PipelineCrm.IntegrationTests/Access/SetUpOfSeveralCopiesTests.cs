using PipelineCrm.Organisation;

namespace PipelineCrm.IntegrationTests.Access;

public sealed class SetUpOfSeveralCopiesTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    /// <summary>How many starts back a token may have been shown.</summary>
    private const int Kept = 8;

    [Fact]
    public async Task A_copy_that_starts_beside_another_leaves_its_setup_token_good_and_tokens_of_long_ago_are_void()
    {
        var shown = new List<string>();
        for (var start = 0; start <= Kept; start++)
        {
            shown.Add((await crm.Ok(new RenewSetupToken.Command(), Caller.Console)).Token!);
        }

        Assert.Contains("token", (await crm.No(Command(shown[0]), Caller.Anonymous)).Errors.Keys);
        await crm.Ok(Command(shown[1]), Caller.Anonymous);
        Assert.All(await Task.WhenAll(shown.Select(token => crm.No(Command(token), Caller.Anonymous))),
            problem => Assert.Equal(ProblemCode.Conflict, problem.Code));
    }

    private static SetUpOrganisation.Command Command(string token) =>
        new(token, "Lakes Ltd", "UTC", "EUR", "Ada Admin", "ada@lakes.example", CrmUsers.Password);
}
