using System.Globalization;
using Npgsql;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Funnel;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;

namespace PipelineCrm.IntegrationTests.Funnel;

/// <summary>The projection is what follows from the ledger, whatever happens to a deal, and updating it changes no answer.</summary>
public sealed class FunnelProjectionTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task Folding_changes_no_answer_and_every_kind_of_change_is_noted()
    {
        var team = await crm.Team();
        var (rep, manager) = (await crm.User(Role.Rep, team), await crm.User(Role.Manager, team));
        var deal = await crm.NewDeal(rep);
        await FoldsTo(manager);
        var moved = await crm.Ok(deal.Move(MoveKind.Advance, Place.Consideration), rep);
        await FoldsTo(manager);
        await crm.Ok(new UndoTransition.Command(moved.Transition.Id), rep.As());
        await FoldsTo(manager);
        deal = await crm.Ok(new GetDeal.Query(deal.Id), rep.As());
        deal = await crm.Ok(
            new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Amount = 70, Currency = "EUR", Source = "event" }), rep.As());
        await FoldsTo(manager);
        deal = (await crm.Ok(deal.Lose(), rep)).Deal;
        await FoldsTo(manager);
        deal = (await crm.Ok(deal.Move(MoveKind.Reopen, Place.Awareness), rep)).Deal;
        await FoldsTo(manager);
        await crm.Ok(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { OwnerId = manager }), manager.As());
        await FoldsTo(manager);
        Assert.Equal(0, (await crm.Ok(new VerifyLedger.Query(), Caller.Console)).Differences);
    }

    [Fact]
    public async Task Verify_finds_what_is_kept_wrongly_and_folding_the_deal_again_mends_it()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        Assert.Equal(1, await crm.Fold(1000));
        Assert.Equal(0, (await crm.Ok(new VerifyLedger.Query(), Caller.Console)).Differences);
        await using var connection = await crm.AsSuperuser();
        await Write("update funnel_entries set amount = 1 where deal_id = $1");
        await Write("delete from funnel_spans where deal_id = $1");
        var found = await crm.Ok(new VerifyLedger.Query(), Caller.Console);
        Assert.Equal(2, found.Differences);
        Assert.All(found.Sentences, sentence => Assert.Contains(deal.Id.ToString(), sentence, StringComparison.Ordinal));

        await Write("insert into funnel_changed values ($1)");
        Assert.Equal(1, await crm.Fold(1000));
        Assert.Equal(0, (await crm.Ok(new VerifyLedger.Query(), Caller.Console)).Differences);

        async Task Write(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = deal.Id.Value } } };
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }
    }

    /// <summary>One change is recorded; the reports of one instant are the same before and after it is applied.</summary>
    private async Task FoldsTo(UserId reader)
    {
        var instant = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var before = await Reports(reader, instant);
        Assert.Equal(1, await crm.Fold(1000));
        Assert.Equal(0, await crm.Fold(1000));
        Assert.Equal(before, await Reports(reader, instant));
    }

    /// <summary>Without what goes on with the clock.</summary>
    private async Task<string> Reports(UserId reader, string instant)
    {
        var passed = await crm.Ok(new GetFunnel.Query(new FunnelScope("passed", To: instant)), reader.As());
        var then = await crm.Ok(new GetFunnel.Query(new FunnelScope("snapshot", At: instant)), reader.As());
        var stages = passed.Stages.Concat(then.Stages)
            .Select(stage => stage with { MedianDays = null, MedianOverDays = null, Lost = new(stage.Lost.N, []) });
        return string.Join('\n', stages);
    }
}
