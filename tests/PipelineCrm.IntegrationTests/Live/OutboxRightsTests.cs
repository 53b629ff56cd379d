using PipelineCrm.Access;
using PipelineCrm.Deals;
using PipelineCrm.Demo;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.IntegrationTests.Imports;
using PipelineCrm.Live;
using PipelineCrm.Organisation;

namespace PipelineCrm.IntegrationTests.Live;

/// <summary>What one may not see does not arrive; what one may, arrives, through whichever door it was written.</summary>
public sealed class OutboxRightsTests(CrmFixture crm, TestCluster cluster) : IClassFixture<CrmFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_a_hidden_deal_or_of_what_belongs_to_it_arrives()
    {
        var scene = await OutboxActors.Make(crm);
        var product = await scene.Product();
        using var node = crm.NewNode();
        using var stranger = await node.Follow(scene.Other);
        using var admin = await node.Follow(scene.Admin);
        var deal = await scene.Deal();
        await scene.AsRep(new AddQuote.Command(deal.Id, [new(product, 1)], null, "EUR"));
        await scene.AsRep(new AddPayment.Command(deal.Id, 1, "EUR", PaymentMethod.Cash));
        await crm.No((await crm.Get(deal.Id, scene.Rep)).Move(MoveKind.Complete), scene.Rep.As());
        await scene.AsRep(new CreateApiToken.Command("Script"));
        await crm.NewDeal(scene.Other);
        await node.Read();

        Assert.Equal(["deal", "payment", "quote", "quoteLine", "refusal"],
            (await Next(admin)).Where(change => change.Deal == deal.Id).Select(change => change.Subject).Distinct().Order());
        var seen = await Next(stranger);
        Assert.DoesNotContain(seen, change => change.Deal == deal.Id || change.Subject is ChangeSubjects.ApiToken);
        Assert.Single(seen, change => change.Subject == ChangeSubjects.Deal);
    }

    [Fact]
    public async Task A_change_of_hands_arrives_at_who_had_the_deal_and_at_who_has_it_and_nowhere_else()
    {
        var scene = await OutboxActors.Make(crm);
        var third = await crm.User(Role.Rep);
        var deal = await scene.Deal();
        using var node = crm.NewNode();
        using var had = await node.Follow(scene.Rep);
        using var has = await node.Follow(scene.Other);
        using var never = await node.Follow(third);
        await scene.AsAdmin(new ReassignDeals.Command(scene.Rep, scene.Other, [deal.Id]));
        await node.Read();
        Assert.Equal(deal.Id, Assert.Single(await Next(had)).Deal);
        Assert.Equal(deal.Id, Assert.Single(await Next(has)).Deal);

        // From here on it is hidden from who had it.
        await scene.Crm.Ok(new UpdateDeal.Command(deal.Id, deal.Version + 1, new MoveFields { Title = "Other" }), scene.Other.As());
        await crm.NewDeal(third);
        await crm.NewDeal(scene.Rep);
        await node.Read();
        Assert.DoesNotContain(await Next(had), change => change.Deal == deal.Id);
        Assert.DoesNotContain(await Next(never), change => change.Deal == deal.Id);
    }

    [Theory]
    [InlineData("team")]
    [InlineData("settings")]
    [InlineData("role")]
    public async Task Whoever_follows_starts_over_when_rights_may_have_changed(string what)
    {
        var scene = await OutboxActors.Make(crm);
        var (parent, team) = (await scene.AsAdmin(new CreateTeam.Command($"{Guid.NewGuid()}")),
            await scene.AsAdmin(new CreateTeam.Command($"{Guid.NewGuid()}")));
        using var node = crm.NewNode();
        using var rep = await node.Follow(scene.Rep);
        await (what switch
        {
            "team" => scene.AsAdmin(new ChangeTeam.Command(team, $"{Guid.NewGuid()}", parent, 1)),
            "settings" => scene.AsAdmin(new ChangeSettings.Command($"{Guid.NewGuid()}", "UTC", "USD", false)),
            _ => scene.AsAdmin(new ChangeUser.Command(scene.Other, "Other", $"{Guid.NewGuid():N}@test.example", Role.Manager, null)),
        });
        await node.Read();
        Assert.True((await rep.Next(TimeSpan.Zero, Ct))!.StartOver);
    }

    [Fact]
    public async Task An_import_its_undoing_and_the_demo_append_a_row_for_each_deal_and_customer()
    {
        await using var import = await ImportRunner.Start(cluster);
        var written = await import.Crm.Appended(async () => await import.Run());
        var deals = await import.Crm.Ask<long>("select count(*) from deals");
        Assert.Equal((deals, deals), (written.Count(line => line.Subject == "deal" && line.Change == ChangeKind.Added),
            written.Select(line => line.Deal).OfType<Guid>().Distinct().Count()));
        Assert.Equal(await import.Crm.Ask<long>("select count(*) from customers"),
            written.Count(line => line.Subject == "customer" && line.Change == ChangeKind.Added));
        Assert.Single(written.Where(line => line.Subject == "deal").Select(line => line.Write).Distinct());

        var undone =
            await import.Crm.Appended(async () => await import.Crm.Ok(new PipelineCrm.Imports.UndoImport.Command(), Caller.Console));
        Assert.Equal(deals, undone.Count(line => line.Subject == "deal" && line is { Change: ChangeKind.Changed, Version: 2 }));
        Assert.Single(undone.Select(line => line.Write).Distinct());
    }

    [Fact]
    public async Task The_demo_appends_a_row_for_each_deal_and_tells_its_writes_apart()
    {
        var own = new CrmFixture(cluster);
        await own.InitializeAsync();
        await using var _ = own;
        var written = await own.Appended(async () => await own.Ok(new LoadDemo.Command(), Caller.Console));
        var deals = await own.Ask<long>("select count(*) from deals");
        Assert.Equal(deals, written.Count(line => line.Subject == "deal" && line.Change == ChangeKind.Added));
        Assert.Equal(written.Count, written.Select(line => (line.Subject, line.Id)).Distinct().Count());
        Assert.True(await own.Ask<long>("select count(distinct write_id) from history") > deals);
        Assert.Equal(0L, await own.Ask<long>(
            "select count(*) from (select from history group by write_id having count(distinct occurred_at) > 1) mixed"));
    }

    private static async Task<IReadOnlyList<Change>> Next(ChangeSubscription subscription)
    {
        var changes = await subscription.Next(TimeSpan.Zero, Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct);
        Assert.False(changes!.StartOver);
        return changes.Items;
    }
}
