using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Imports;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;

namespace PipelineCrm.IntegrationTests.Imports;

/// <summary>Imports that somebody has worked with since stay.</summary>
public sealed class TouchedImportTests(TestCluster cluster)
{
    public static TheoryData<string> Touches => new("move", "field", "quote", "payment", "repurchase", "owner", "archive");

    [Theory]
    [MemberData(nameof(Touches))]
    public async Task Where_a_deal_was_touched_since_nothing_is_undone(string touch)
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var deal = await import.Deal(touch == "repurchase" ? "A0001" : "A0008");
        await Touch(import.Crm, touch, deal, import.Admin.As());
        var before = await import.Content();

        var problem = await import.Crm.No(new UndoImport.Command(), Caller.Console);
        Assert.Equal(ProblemCode.Conflict, problem.Code);
        Assert.Equal($"Import 1 cannot be undone: somebody has worked with deals of it since (1): {deal.Title}. Nothing was changed.",
            problem.Message);
        Assert.Equal(before, await import.Content());
        Assert.Equal("0 0 0", await import.Rows("""
            select (select count(*) from deals where void), (select count(*) from customers where archived_at is not null), (select count(undone_at) from imports)
            """));
    }

    [Fact]
    public async Task A_move_that_is_under_way_is_waited_for()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var deal = await import.Deal("A0008");
        var (decided, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var hook = import.Crm.Services.GetRequiredService<MoveTestHook>();
        hook.AfterDecision = _ =>
        {
            hook.AfterDecision = null;
            decided.SetResult();
            return go.Task;
        };
        var moving = import.Crm.Door.Send(deal.Lose(), import.Admin.As(), DealSteps.Ct);
        await decided.Task.WaitAsync(DealSteps.Ct);
        var undoing = import.Crm.Door.Send(new UndoImport.Command(), Caller.Console, DealSteps.Ct);
        await import.Crm.SomebodyWaitsForALock(DealSteps.Ct);
        go.SetResult();

        Assert.True((await moving).Ok);
        Assert.Equal(ProblemCode.Conflict, (await undoing).Problem?.Code);
        Assert.Empty(await import.Differences());
    }

    [Fact]
    public async Task The_refusal_is_in_the_reader_s_language()
    {
        var culture = System.Globalization.CultureInfo.CurrentUICulture;
        System.Globalization.CultureInfo.CurrentUICulture = new("zh-CN");
        try
        {
            await using var import = await ImportRunner.Start(cluster);
            await import.Run();
            var deal = await import.Deal("A0008");
            await Touch(import.Crm, "field", deal, import.Admin.As());
            Assert.Equal(
                $"无法撤销第 1 次导入：其中 1 个商机此后已有人处理：{deal.Title}。未作任何更改。",
                (await import.Crm.No(new UndoImport.Command(), Caller.Console)).Message);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = culture;
        }
    }

    private static async Task Touch(CrmFixture crm, string touch, DealView deal, Caller admin)
    {
        switch (touch)
        {
            case "move":
                await crm.Ok(deal.Lose(), admin);
                break;
            case "field":
                await crm.Ok(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Amount = 7m }), admin);
                break;
            case "quote":
                var product = new ProductId(await crm.Ask<Guid>("select id from products limit 1"));
                await crm.Ok(new AddQuote.Command(deal.Id, [new AddQuote.Line(product, Price: 1)], Currency: "USD"), admin);
                break;
            case "payment":
                await crm.Ok(new AddPayment.Command(deal.Id, 1, "USD", PaymentMethod.Cash), admin);
                break;
            case "repurchase":
                await crm.Ok(deal.Move(MoveKind.Repurchase), admin);
                break;
            case "owner":
                await crm.Ok(new PipelineCrm.Access.ReassignDeals.Command(deal.OwnerId, admin.User!.Value, [deal.Id]), admin);
                break;
            case "archive":
                await crm.Ok(new ArchiveDeal.Command(deal.Id, deal.Version), admin);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(touch));
        }
    }
}
