using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>Whether the instant of an entry is known stands in the ledger, and verify reads it there.</summary>
public sealed class EntryKnownTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Theory]
    [InlineData("update deals set stage_entry_known = not stage_entry_known where id = $1")]
    [InlineData("update transitions set entry_known = not entry_known where deal_id = $1 and seq = 1")]
    public async Task Verify_finds_an_entry_that_became_known_or_unknown(string cheat)
    {
        var owner = await crm.User(Role.Rep);
        var deal = new LedgerDeal(owner.Value, Stage.Consideration, DateTimeOffset.UnixEpoch.AddYears(50), dateKnown: false);
        await using var connection = await crm.AsOwner();
        await LedgerSeeder.Write(connection, [deal]);
        Assert.Empty(await Flaws());
        await crm.Pretend(cheat.Replace("$1", $"'{deal.Id}'", StringComparison.Ordinal));
        Assert.Contains(await Flaws(), sentence => sentence.Contains(": is ", StringComparison.Ordinal));

        async Task<List<string>> Flaws() =>
            [.. (await crm.Ok(new VerifyLedger.Query(), Caller.Console)).Sentences.Where(
                sentence => sentence.StartsWith($"deal {deal.Id}", StringComparison.Ordinal))];
    }
}
