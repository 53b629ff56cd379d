using System.Text.Json;
using PipelineCrm.CustomFields;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Lists;

namespace PipelineCrm.Benchmarks.Parts;

/// <summary>A filter over five facts, three of them fields that an admin added, against the same written by hand: the first page of
/// both.</summary>
internal static class FilterPart
{
    private const int Rounds = 30;
    private const int Limit = 50;

    private static readonly Condition Wanted = new(All:
    [
        Asked("outcome", Operator.Is, "open"), Asked(FieldKey.Amount, Operator.Gte, 20_000), Asked("custom.tier", Operator.Is, "gold"),
        Asked("custom.score", Operator.Gte, 90), Asked("custom.renewal", Operator.Filled, null),
    ]);

    private static readonly string ByHand = $"""
        select d.* from deals d
        where d.outcome = 0 and d.amount >= 20000 and d.custom ->> 'tier' = 'gold' and (d.custom ->> 'score')::numeric >= 90
          and d.custom ->> 'renewal' is not null and not d.void and d.archived_at is null
        order by d.id limit {Limit + 1}
        """;

    public static async Task Run(BenchmarkHost site)
    {
        var admin = BenchmarkHost.As(new UserId(DataGenerator.Admin));
        var choices = new[] { "gold", "silver", "bronze" }.Select(code => new CustomChoice(code, (code, code))).ToList();
        await Add(new AddCustomField.Command(FactSubject.Deal, "tier", FactType.Choice, ("Tier", "等级"), choices));
        await Add(new AddCustomField.Command(FactSubject.Deal, "score", FactType.Number, ("Score", "评分")));
        await Add(new AddCustomField.Command(FactSubject.Deal, "renewal", FactType.Date, ("Renewal", "续约日")));
        await site.ExecuteAsAdmin("""
            set session_replication_role = replica;
            update deals set custom = jsonb_strip_nulls(jsonb_build_object(
                'tier', (array['gold', 'silver', 'bronze'])[1 + abs(hashtext(id::text)) % 3], 'score', abs(hashtext('s' || id)) % 100,
                'renewal', case when abs(hashtext('r' || id)) % 2 = 0 then '2030-01-01' end));
            """);
        await site.ExecuteAsAdmin("vacuum analyze deals");

        var filter = JsonSerializer.Serialize(Wanted, WireNames.Json);
        var list = new ListDeals.Query(new DealFilter(Filter: filter), new PageRequest(Limit, null));
        var found = await site.Door.Send(list, admin);
        Timing.Demand(found.Ok && found.Value.Items.Count == Limit, "the filter found too little");
        var sender = await Sent(list);
        var bare = await RawStatements.Median(site, [ByHand], Rounds);
        var page = await Sent(
            new ListRecords.Query(new ListQuestion(FactSubject.Deal, Filter: filter), null, new PageRequest(Limit, null)));
        TablePrinter.Line("filter", "5 facts, 3 custom, first page of the list / by hand (1.5)", $"{page:0.00} ms", $"{bare:0.00} ms",
            page / bare);
        TablePrinter.Line("filter", "the same as whole deals, by the API's use case", $"{sender:0.00} ms", $"{bare:0.00} ms", sender / bare);

        var sorted = list with { Sort = "-custom.score,title" };
        var ordered = await Sent(sorted);
        TablePrinter.Line("filter", "the same in the order of a custom field", $"{ordered:0.00} ms");

        foreach (var (order, by, sql) in new[]
        {
            ("-amount", "largest first", "d.amount desc nulls last, d.id"),
            ("expectedClose", "closing next first", "d.expected_close, d.id"),
        })
        {
            var whole = new ListRecords.Query(new ListQuestion(FactSubject.Deal, Sort: order), null, new PageRequest(Limit, null));
            var first = await Sent(whole);
            var plain = await RawStatements.Median(site,
                [$"select d.* from deals d where not d.void and d.archived_at is null order by {sql} limit {Limit + 1}"], Rounds);
            TablePrinter.Line("filter", $"all deals, {by}, first page / by hand", $"{first:0.00} ms", $"{plain:0.00} ms", first / plain);
        }

        var sums = new SumRecords.Query(new ListQuestion(FactSubject.Deal, Filter: filter));
        var summed = await Sent(sums);
        TablePrinter.Line("filter", "count and sums of the whole filter", $"{summed:0.00} ms");

        Task<double> Sent<T>(IRequest<T> request) => Timing.Median(Rounds,
            async () => Timing.Demand((await site.Door.Send(request, admin)).Ok, $"{request.GetType().FullName} was refused"));

        async Task Add(AddCustomField.Command field) => Timing.Demand((await site.Door.Send(field, admin)).Ok, $"{field.Key} was refused");
    }

    private static Condition Asked(string fact, string op, object? value) =>
        new(fact, op, value is null ? null : JsonSerializer.SerializeToElement(value, value.GetType()));
}
