using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Lists;

namespace PipelineCrm.IntegrationTests.Lists;

/// <summary>A change of many is cut, stopped, run by two, refused in the middle: nothing is done twice, and what was done is
/// told.</summary>
public sealed class BulkJobRunTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private BulkJobWorker Worker => crm.Services.GetRequiredService<BulkJobWorker>();

    [Fact]
    public async Task A_job_that_is_cut_in_a_part_goes_on_where_it_was_and_does_nothing_twice()
    {
        var (rep, job, deals) = await Started(45);
        Assert.Equal((0, 45, true), (job.Done, job.Left, job.Running));
        using (var cut = new CancellationTokenSource())
        {
            crm.Services.GetRequiredService<MoveTestHook>().AfterDecision = async ct =>
            {
                if (await crm.Ask<long>("select count(*) from bulk_job_records where job_id = $1 and outcome = 1", job.Id) == 7)
                {
                    await cut.CancelAsync();
                    ct.ThrowIfCancellationRequested();
                }
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => crm.Door.Send(new RunBulkJob.Command(job.Id), rep.As(), cut.Token));
            crm.Services.GetRequiredService<MoveTestHook>().AfterDecision = null;
        }

        var shown = Assert.Single(await crm.Ok(new ListBulkJobs.Query(FactSubject.Deal), rep.As()));
        Assert.Equal((job.Id, 7, 38, true), (shown.Id, shown.Changed, shown.Left, shown.Running));
        await Worker.RunAll(DealSteps.Ct);
        await AllOnce(await Read(job, rep), deals);
    }

    [Fact]
    public async Task Two_nodes_share_the_records_of_a_job()
    {
        var (rep, job, deals) = await Started(60);
        while ((await Read(job, rep)).Running)
        {
            await Task.WhenAll(
                crm.Ok(new RunBulkJob.Command(job.Id), rep.As()), crm.Ok(new RunBulkJob.Command(job.Id), rep.As()));
        }

        await AllOnce(await Read(job, rep), deals);
    }

    [Fact]
    public async Task What_was_stopped_leaves_the_rest_and_an_undo_takes_back_no_more_than_was_done()
    {
        var (rep, job, deals) = await Started(45);
        await crm.Ok(new RunBulkJob.Command(job.Id), rep.As());
        var stopped = await crm.Ok(new StopBulkJob.Command(job.Id), rep.As());
        Assert.Equal((20, 25, false, ""), (stopped.Changed, stopped.Left, stopped.Running, stopped.EndedBy));
        await crm.Ok(new RunBulkJob.Command(job.Id), rep.As());
        await Worker.RunAll(DealSteps.Ct);
        Assert.Equal(20, (await Read(job, rep)).Done);

        var undo = await crm.Ok(new UndoBulkJob.Command(job.Id), rep.As());
        Assert.Equal((20, true), (undo.Of, undo.IsUndo));
        Assert.Equal(ProblemCode.Conflict, (await crm.Door.Send(new UndoBulkJob.Command(job.Id), rep.As(), DealSteps.Ct)).Problem?.Code);
        await Worker.RunAll(DealSteps.Ct);
        Assert.Equal((20, 0), ((await Read(undo, rep)).Changed, (await Read(undo, rep)).Refused.Count));
        Assert.All(deals, deal => Assert.Null(crm.Get(deal, rep).Result.Source));
        Assert.Equal(ProblemCode.Conflict, (await crm.Door.Send(new UndoBulkJob.Command(job.Id), rep.As(), DealSteps.Ct)).Problem?.Code);
    }

    [Fact]
    public async Task An_undo_that_was_stopped_leaves_its_rest_to_the_next_one()
    {
        var (rep, job, deals) = await Started(30);
        await Worker.RunAll(DealSteps.Ct);
        var undo = await crm.Ok(new UndoBulkJob.Command(job.Id), rep.As());
        await crm.Ok(new RunBulkJob.Command(undo.Id), rep.As());
        Assert.Equal((20, 10), ((await crm.Ok(new StopBulkJob.Command(undo.Id), rep.As())).Changed, (await Read(undo, rep)).Left));
        var rest = await crm.Ok(new UndoBulkJob.Command(job.Id), rep.As());
        await Worker.RunAll(DealSteps.Ct);
        Assert.Equal((10, 10), (rest.Of, (await Read(rest, rep)).Changed));
        Assert.All(deals, deal => Assert.Null(crm.Get(deal, rep).Result.Source));
    }

    [Fact]
    public async Task Two_changes_of_the_same_records_are_taken_back_one_after_the_other()
    {
        var (rep, first, deals) = await Started(3, "partner");
        await Worker.RunAll(DealSteps.Ct);
        var views = await Task.WhenAll(deals.Select(deal => crm.Get(deal, rep)));
        var second = await crm.Ok(Edit(views, "event"), rep.As());
        await Worker.RunAll(DealSteps.Ct);
        foreach (var (job, source) in new[] { (second, "partner"), (first, null) })
        {
            var undo = await crm.Ok(new UndoBulkJob.Command(job.Id), rep.As());
            await Worker.RunAll(DealSteps.Ct);
            Assert.Equal(3, (await Read(undo, rep)).Changed);
            Assert.All(deals, deal => Assert.Equal(source, crm.Get(deal, rep).Result.Source));
        }
    }

    [Fact]
    public async Task Whoever_may_no_longer_work_ends_their_job_and_it_says_why()
    {
        var (rep, job, _) = await Started(25);
        await crm.Ok(new RunBulkJob.Command(job.Id), rep.As());
        await crm.Ask<int>("update users set role = $2 where id = $1 returning 1", rep.Value, (short)Role.Viewer);
        await Worker.RunAll(DealSteps.Ct);
        await crm.Ask<int>("update users set role = $2 where id = $1 returning 1", rep.Value, (short)Role.Rep);
        var ended = await Read(job, rep);
        Assert.Equal((20, 5, false), (ended.Changed, ended.Left, ended.Running));
        Assert.NotEmpty(ended.EndedBy!);
    }

    [Fact]
    public async Task Anothers_job_is_not_there()
    {
        var (rep, job, _) = await Started(2);
        var admin = (await crm.User(Role.Admin)).As();
        Assert.Equal(ProblemCode.NotFound, (await crm.Door.Send(new GetBulkJob.Query(job.Id), admin, DealSteps.Ct)).Problem?.Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.Door.Send(new StopBulkJob.Command(job.Id), admin, DealSteps.Ct)).Problem?.Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.Door.Send(new RunBulkJob.Command(job.Id), admin, DealSteps.Ct)).Problem?.Code);
        Assert.Empty(await crm.Ok(new ListBulkJobs.Query(FactSubject.Deal), admin));
        Assert.True((await Read(job, rep)).Running);
        await Worker.RunAll(DealSteps.Ct);
        Assert.Equal(ProblemCode.NotFound, (await crm.Door.Send(new UndoBulkJob.Command(job.Id), admin, DealSteps.Ct)).Problem?.Code);
        await crm.Ok(new CloseBulkJob.Command(job.Id), admin);
        Assert.Single(await crm.Ok(new ListBulkJobs.Query(FactSubject.Deal), rep.As()));
        await crm.Ok(new CloseBulkJob.Command(job.Id), rep.As());
        Assert.Empty(await crm.Ok(new ListBulkJobs.Query(FactSubject.Deal), rep.As()));
    }

    [Fact]
    public async Task What_records_were_before_is_kept_for_a_week()
    {
        var (_, job, _) = await Started(2);
        var (_, later, _) = await Started(2);
        await Worker.RunAll(DealSteps.Ct);
        await crm.Ask<int>("update bulk_jobs set finished_at = now() - interval '8 days' where id = $1 returning 1", job.Id);
        await Worker.RunOnceOrLog(DealSteps.Ct);
        Assert.Equal(0L, await crm.Ask<long>("select count(*) from bulk_job_records where job_id = $1", job.Id));
        Assert.Equal(2L, await crm.Ask<long>("select count(*) from bulk_job_records where job_id = $1", later.Id));
    }

    private async Task<(UserId Rep, BulkJobView Job, List<DealId> Deals)> Started(int count, string source = "website")
    {
        var rep = await crm.User(Role.Rep, await crm.Team());
        var customer = await crm.Customer(rep);
        var deals = new List<DealView>();
        for (var i = 0; i < count; i++)
        {
            deals.Add(await crm.Ok(new CreateDeal.Command(customer, $"Deal {i}"), rep.As()));
        }

        return (rep, await crm.Ok(Edit(deals, source), rep.As()), deals.ConvertAll(deal => deal.Id));
    }

    private static StartBulkJob.Command Edit(IEnumerable<DealView> deals, string source) => new(
        FactSubject.Deal, [.. deals.Select(deal => new SeenRecord(deal.Id.Value, deal.Version))],
        new([KeyValuePair.Create("source", JsonSerializer.SerializeToElement(source))]));

    private Task<BulkJobView> Read(BulkJobView job, UserId by) => crm.Ok(new GetBulkJob.Query(job.Id), by.As());

    private async Task AllOnce(BulkJobView ended, List<DealId> deals)
    {
        Assert.Equal((deals.Count, 0, false), (ended.Changed, ended.Refused.Count, ended.Running));
        Assert.Equal((long)deals.Count, await crm.Ask<long>(
            "select count(*) from history where deal_id = any($1) and field = 'source'", deals.ConvertAll(deal => deal.Value).ToArray()));
    }
}
