using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Npgsql;
using PipelineCrm.Lookup;

namespace PipelineCrm.Benchmarks.Parts;

/// <summary>
/// One search through the use-case sender against the statements that it sends. Names of the customers are made anew
/// for it, Latin ones and Chinese ones, so that a text is neither everywhere nor nowhere; it runs last.
/// </summary>
[SuppressMessage("Security", "CA2100", Justification = "The texts are constants, or those that the server logged of the application.")]
internal static class SearchPart
{
    private const int Rounds = 40;

    private static readonly (string What, string Text)[] Texts =
    [
        ("beginning of a name", "Norton M"), ("part of a word", "linder"), ("a common word", "works"), ("two words", "valley harcourt"),
        ("two Chinese characters", "河谷"),
        ("one Chinese character", "谷"), ("digits of a phone", "0171 55123"), ("mail", "info@harcourt12"), ("typing error", "harcuort"),
        ("not there", "zzyzxq"),
    ];

    public static async Task Run(BenchmarkHost site)
    {
        await using (var connection = await BenchmarkHost.Connect(site.Admin))
        {
            await Execute(connection, """
                set session_replication_role = replica;
                update customers set name = case when n % 5 = 0
                    then (array['河谷','东山','白石','新港','青松','长风'])[1 + n % 6] || (array['机械','纺织','食品','电子','钢构'])[1 + n / 7 % 5] || n
                    else (array['Norton','Harcourt','Lindqvist','Petrov','Okafor','Cylinder','Amaral'])[1 + n % 7] || ' '
                        || (array['Mills','Valley Works','Tools','Foods','Textiles'])[1 + n / 3 % 5] || ' ' || n end,
                    email = case when n % 3 = 0 then 'info@' || (array['norton','harcourt','petrov'])[1 + n % 7 % 3] || n || '.example' end,
                    phone = case when n % 4 = 0 then '+49 171 55' || lpad((n % 100000)::text, 5, '0') end
                from (select id as of, right(id::text, 12)::int as n from customers) numbered where id = of;
                set session_replication_role = origin;
                select fill_search_texts();
                """);
            await Execute(connection, "vacuum analyze search_texts");
            await Execute(connection, "vacuum analyze customers");
        }

        foreach (var (what, text) in Texts)
        {
            await Measure(site, $"{what} as admin", text, new UserId(DataGenerator.Admin));
        }

        await Measure(site, "title of every deal as rep", "bulk order", new UserId(DataGenerator.Id('e', 3)));
    }

    private static async Task Measure(BenchmarkHost site, string what, string text, UserId user)
    {
        var (request, caller) = (new Search.Query(text), BenchmarkHost.As(user));
        await using var capture = new StatementCapture(site);
        await capture.Open();
        await capture.Of(request, caller);
        var statements = (await capture.Of(request, caller)).Select(statement => StatementReplay.Literal(statement, [])).ToList();
        var found = 0;
        var door = await Timing.Median(Rounds, async () =>
        {
            var answer = await site.Door.Send(request, caller);
            Timing.Demand(answer.Ok, "the search was refused");
            found = answer.Value!.Items.Count;
        });
        var bare = await RawStatements.Median(site, statements, Rounds);
        TablePrinter.Line("search", string.Create(CultureInfo.InvariantCulture, $"{what}, {found} found (aim 50 ms)"), $"{door:0.0} ms",
            $"{bare:0.0} ms", door / bare);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
