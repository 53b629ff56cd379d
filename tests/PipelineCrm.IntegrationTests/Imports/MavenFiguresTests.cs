using PipelineCrm.Imports;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Imports;

/// <summary>The public data set, where it lies beside the repository: it is not shipped.</summary>
public sealed class MavenFiguresTests(TestCluster cluster)
{
    [Fact]
    public async Task The_data_set_yields_its_figures_and_again_after_it_was_undone()
    {
        var folder = Find();
        Assert.SkipWhen(folder is null, "The data set (shared/data/maven-crm) is not beside this repository.");
        await using var import = await ImportRunner.Start(cluster);
        var command = new RunImport.Command(
            [.. ImportRunner.Maven.Select(name => new ImportFile(name, () => File.OpenRead(Path.Combine(folder!, name))))],
            ImportRunner.MavenMapping);
        var first = await import.Crm.Ok(command, Caller.Console);
        Assert.Equal(new ImportCounts(Deals: 8800, Customers: 85, Placeholders: 1, Users: 41, Products: 7), first.Created);
        await Figures(import);

        var undone = await import.Crm.Ok(new UndoImport.Command(), Caller.Console);
        Assert.Equal(new UndoImport.Answer(1, 8800, 86, 0, 7, 0, 41, 9, 0, 0), undone);
        Assert.Empty(await import.Differences());
        Assert.Equal("0 0 0", await import.Rows("""
            select (select count(*) from deals where not void), (select count(*) from customers where archived_at is null or status <> 0),
                   (select sum(deals)::bigint from (select deals from board_totals union all select deals from board_deltas) kept)
            """));

        var second = await import.Crm.Ok(command, Caller.Console);
        Assert.Equal(new ImportCounts(Deals: 8800, Customers: 85, Placeholders: 1), second.Created);
        Assert.Equal(new ImportCounts(Products: 7), second.Updated);
        await Figures(import);
    }

    private static async Task Figures(ImportRunner import)
    {
        Assert.Equal("1 8800 8300\n2 8300 0\n3 4238 4238\n4 4238 0\n5 4238 0", await import.Rows("""
            select stage, count(*), count(*) filter (where stage < counted_to)
            from transitions t, generate_series(counted_from::int, counted_to::int) as stage
            where exists (select from deals d where d.id = t.deal_id and not d.void) group by 1 order by 1
            """));
        Assert.Equal("1 0 500\n2 0 1589\n2 1 2473\n5 2 4238",
            await import.Rows("select stage, outcome, count(*) from deals where not void group by 1, 2 order by 1, 2"));
        Assert.Equal("10005534.0000 57 51.8", await import.Rows("""
            select sum(amount), percentile_disc(0.5) within group (order by extract(day from won_at - created_at))::int, round(avg(extract(day from won_at - created_at)), 1)
            from deals where won_at is not null and not void
            """));
        Assert.Equal("2 1673", await import.Rows("""
            select to_stage, count(*) from (
                select distinct on (deal_id) to_stage, to_outcome from transitions t join deals d on d.id = t.deal_id
                where t.occurred_at < '2017-06-30Z' and not d.void order by deal_id, seq desc) as state
            where to_outcome = 0 group by 1
            """));
        Assert.Empty(await import.Differences());
        Assert.Equal("3 6", await import.Rows("select count(*) filter (where parent_id is null), count(parent_id) from teams"));
        Assert.Equal("0 41", await import.Rows("select count(email), count(*) from users where not invited"));
        Assert.Equal("7", await import.Rows("select count(*) from products where active"));
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
