using PipelineCrm.Domain;
using PipelineCrm.Funnel;
using PipelineCrm.Imports;
using PipelineCrm.IntegrationTests.Imports;

namespace PipelineCrm.IntegrationTests.Funnel;

/// <summary>The funnel of the public data set, where it lies beside the repository: the figures that are known of it.</summary>
public sealed class FunnelOfTheDataSetTests(TestCluster cluster)
{
    [Fact]
    public async Task The_funnel_yields_the_known_figures()
    {
        var folder = MavenFiguresTests.Find();
        Assert.SkipWhen(folder is null, "The data set (shared/data/maven-crm) is not beside this repository.");
        await using var import = await ImportRunner.Start(cluster);
        await import.Send(new RunImport.Command(
            [.. ImportRunner.Maven.Select(name => new ImportFile(name, () => File.OpenRead(Path.Combine(folder!, name))))],
            ImportRunner.MavenMapping));

        var all = await Ask(import, new FunnelScope());
        Assert.Equal([8800, 8300, 4238, 4238, 4238], all.Stages.Select(stage => stage.N));
        Assert.Equal([8300, 0, 4238, 0, 0], all.Stages.Select(stage => stage.Skipped));
        Assert.Equal([500, 1589, 0, 0, 0], all.Stages.Select(stage => stage.Still));
        Assert.Equal([0, 2473, 0, 0, 0], all.Stages.Select(stage => stage.Lost.N));
        Assert.Equal(new LossReason("unknown", 2473), Assert.Single(all.Stages[1].Lost.Reasons));
        Assert.Equal([null, 69, null], all.Stages.Take(3).Select(stage => stage.MedianDays));
        Assert.Equal((500, 0), (all.Stages[0].UnknownEntry, all.Stages[0].Stays));
        Assert.Equal(100.0 * 4238 / 8300, all.Stages[1].NextPercent);
        Assert.Equal(100.0 * 4238 / 8800, all.Stages[4].CumulativePercent);
        Assert.Equal(new FunnelSummary(4238, 2473, 100.0 * 4238 / 6711, 10_005_534, 57, all.Summary!.TimeToWinMeanDays), all.Summary);
        Assert.Equal(51.8, all.Summary.TimeToWinMeanDays!.Value, 0.05);
        Assert.Empty(all.NotConverted);

        var then = await Ask(import, new FunnelScope("snapshot", At: "2017-06-30"));
        Assert.Equal([0, 1673, 0, 0, 0], then.Stages.Select(stage => stage.N));
    }

    [Fact]
    public async Task A_team_of_then_is_the_team_that_its_people_came_with()
    {
        var folder = MavenFiguresTests.Find();
        Assert.SkipWhen(folder is null, "The data set (shared/data/maven-crm) is not beside this repository.");
        await using var import = await ImportRunner.Start(cluster);
        await import.Send(new RunImport.Command(
            [.. ImportRunner.Maven.Select(name => new ImportFile(name, () => File.OpenRead(Path.Combine(folder!, name))))],
            ImportRunner.MavenMapping));
        var regions = (await import.Rows("select id from teams where parent_id is null")).Split('\n');
        var parts = new List<FunnelView>();
        foreach (var region in regions)
        {
            parts.Add(await Ask(import, new FunnelScope("snapshot", At: "2017-06-30", Team: region)));
        }

        Assert.Equal(1673, parts.Sum(part => part.Stages[1].N));
        Assert.All(parts, part => Assert.NotEqual(0, part.Stages[1].N));
    }

    private static async Task<FunnelView> Ask(ImportRunner import, FunnelScope scope)
    {
        var result = await import.Crm.Door.Send(new GetFunnel.Query(scope), new Caller(import.Admin, Channel.Api),
            TestContext.Current.CancellationToken);
        Assert.True(result.Ok, result.Problem?.Message);
        return result.Value;
    }
}
