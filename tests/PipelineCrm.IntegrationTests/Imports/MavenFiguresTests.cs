using PipelineCrm.Imports;
using PipelineCrm.TestSupport;

namespace PipelineCrm.IntegrationTests.Imports;

/// <summary>The public data set, where it lies beside the repository: it is not shipped.</summary>
public sealed class MavenFiguresTests(TestCluster cluster)
{
    [Fact]
    public async Task The_data_set_yields_its_figures()
    {
        var folder = Find();
        Assert.SkipWhen(folder is null, "The data set (shared/data/maven-crm) is not beside this repository.");
        await using var import = await ImportRunner.StartAsync(cluster);
        var result = await import.SendAsync(new RunImport.Command(
            [.. ImportRunner.Maven.Select(name => new ImportFile(name, () => File.OpenRead(Path.Combine(folder!, name))))], ImportRunner.MavenMapping));

        Assert.True(result.Ok, result.Problem?.Message);
        Assert.Equal(new ImportCounts(Deals: 8800, Customers: 85, Placeholders: 1, Users: 41, Products: 7), result.Value.Created);
        Assert.Equal("1 8800 8300\n2 8300 0\n3 4238 4238\n4 4238 0\n5 4238 0", await import.Rows("""
            select stage, count(*), count(*) filter (where stage < counted_to)
            from transitions, generate_series(counted_from::int, counted_to::int) as stage group by 1 order by 1
            """));
        Assert.Equal("1 0 500\n2 0 1589\n2 1 2473\n5 2 4238", await import.Rows("select stage, outcome, count(*) from deals group by 1, 2 order by 1, 2"));
        Assert.Equal("10005534.0000 57 51.8", await import.Rows("""
            select sum(amount), percentile_disc(0.5) within group (order by extract(day from won_at - created_at))::int, round(avg(extract(day from won_at - created_at)), 1)
            from deals where won_at is not null
            """));
        Assert.Equal("2 1673", await import.Rows("""
            select to_stage, count(*) from (
                select distinct on (deal_id) to_stage, to_outcome from transitions where occurred_at < '2017-06-30Z' order by deal_id, seq desc) as state
            where to_outcome = 0 group by 1
            """));
        Assert.Empty(await import.Differences());
        Assert.Equal("3 6", await import.Rows("select count(*) filter (where parent_id is null), count(parent_id) from teams"));
        Assert.Equal("0 41", await import.Rows("select count(email), count(*) from users where not invited"));
    }

    internal static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "shared", "data", "maven-crm");
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }

        return null;
    }
}
