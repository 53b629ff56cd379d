using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.CustomFields;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Imports;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.IntegrationTests.Imports;
using PipelineCrm.Rules;
using PipelineCrm.Views;

namespace PipelineCrm.IntegrationTests.Facts;

/// <summary>One declaration is all that a fact costs: a built-in one, added here, and a field that an admin adds are found wherever facts
/// are.</summary>
public sealed class NewFactTests(NewFactTests.Harbour harbour) : IClassFixture<NewFactTests.Harbour>
{
    private const string Berth = "berth";
    private const string Quay = "custom.quay";

    public static TheoryData<string> Added => new(Berth, Quay);

    [Theory]
    [MemberData(nameof(Added))]
    public async Task It_is_listed_with_its_words_and_operators_for_pages_filters_and_rules(string key)
    {
        var fact = Assert.Single(await harbour.Ok(new ListFacts.Query(), harbour.Rep.As()), fact => fact.Key == key);
        Assert.Equal((FactType.Text, true, true, true, true), (fact.Type, fact.Writable, fact.Bringable, fact.InHistory, fact.Sortable));
        Assert.All([fact.Name.En, fact.Name.Chinese], name => Assert.NotEmpty(name));
        Assert.Contains(Operator.StartsWith, fact.Operators);
        Assert.Single(await harbour.Ok(new ListRuleFields.Query(), harbour.Rep.As()), field => field.Key == key);
    }

    [Theory]
    [MemberData(nameof(Added))]
    public async Task It_is_written_shown_remembered_filtered_and_sorted_by(string key)
    {
        var customer = await harbour.Customer(harbour.Rep);
        var first = await Open(customer, key, "Alpha");
        var second = await Open(customer, key, "beta");
        Assert.Equal("Alpha", first.Fields[key].GetString());

        var changed =
            await harbour.Ok(new UpdateDeal.Command(first.Id, first.Version, new MoveFields { [key] = "gamma" }), harbour.Rep.As());
        var history = await harbour.Ok(new ListDealHistory.Query(first.Id, new PageRequest(50, null)), harbour.Rep.As());
        Assert.Contains(history.Items.SelectMany(item => item.Changes),
            change => change.Field == key && change.Before?.GetString() == "Alpha" && change.After?.GetString() == "gamma");

        var filter = JsonSerializer.Serialize(
            new Condition(All: [new Condition(key, Operator.StartsWith, JsonSerializer.SerializeToElement("GAM"))]), WireNames.Json);
        Assert.Equal([first.Id], await Ids(new DealFilter(Customer: customer, Filter: filter)));
        Assert.Equal([second.Id, first.Id], await Ids(new DealFilter(Customer: customer), key));
        Assert.Equal([first.Id, second.Id], await Ids(new DealFilter(Customer: customer), "-" + key));
        var board = await harbour.Ok(new GetBoard.Query(new BoardFilter(Filter: filter)), harbour.Rep.As());
        Assert.Equal([first.Id], board.Columns.SelectMany(column => column.Items).Select(deal => deal.Id));

        var emptied =
            await harbour.Ok(new UpdateDeal.Command(changed.Id, changed.Version, new MoveFields { [key] = null }), harbour.Rep.As());
        Assert.False(emptied.Fields.ContainsKey(key));
        Assert.Empty((await harbour.Ok(new VerifyLedger.Query(), Caller.Console)).Sentences);
    }

    [Theory]
    [MemberData(nameof(Added))]
    public async Task A_rule_asks_for_it_and_a_move_brings_it(string key)
    {
        await harbour.AskFor(key);
        var deal = await harbour.NewDeal(harbour.Rep);
        var refused = await harbour.No(deal.Move(MoveKind.Advance), harbour.Rep.As());
        Assert.Equal([key], Assert.IsType<Verdict>(refused.Detail).Fields);
        var moved = await harbour.Ok(deal.Move(MoveKind.Advance) with { Fields = new MoveFields { [key] = "Pier 7" } }, harbour.Rep);
        Assert.Equal("Pier 7", moved.Deal.Fields[key].GetString());
        var undone = await harbour.Ok(new UndoTransition.Command(moved.Transition.Id), harbour.Rep.As());
        Assert.False(undone.Deal.Fields.ContainsKey(key));
    }

    [Theory]
    [MemberData(nameof(Added))]
    public async Task A_file_brings_it(string key)
    {
        var mapping = $$"""
            {"name": "harbour-{{key.Replace('.', '-')}}", "dateFormats": ["yyyy-MM-dd"], "files": [{"name": "boats", "records": [
                {"make": "user", "key": "Owner", "fields": {"name": "Owner", "role": {"value": "rep"} } },
                {"make": "customer", "key": "Client", "fields": {"name": "Client"} },
                {"make": "deal", "key": "Id", "fields": {"title": "Title", "customer": "Client", "owner": "Owner", "{{key}}": "Where"} } ] } ] }
            """;
        var answer = await harbour.Door.Send(
            new RunImport.Command([ImportRunner.Of("boats.csv",
                $"Id,Title,Client,Owner,Where\n1,Boats of {key},Quarry Works,Robin,Dock 3\n")], new ImportMappingSource(null, mapping)),
            Caller.Console, DealSteps.Ct);
        Assert.True(answer.Ok, JsonSerializer.Serialize(answer.Problem, WireNames.Json));
        var deal = Assert.Single((await harbour.Ok(new ListDeals.Query(new DealFilter(Search: $"Boats of {key}"), new PageRequest(5, null)),
            harbour.Admin.As())).Items);
        Assert.Equal("Dock 3", deal.Fields[key].GetString());
    }

    [Theory]
    [MemberData(nameof(Added))]
    public async Task A_view_keeps_it_as_column_order_and_filter(string key)
    {
        var query = JsonSerializer.SerializeToElement(new { sort = key, filter = $$"""{"all":[{"field":"{{key}}","op":"filled"}]}""" });
        var view = await harbour.Ok(new SaveView.Command("deals", $"By {key}", query), harbour.Rep.As());
        Assert.Single((await harbour.Ok(new ListViews.Query("deals", new PageRequest(50, null)), harbour.Rep.As())).Items,
            one => one.Id == view.Id);
    }

    [Fact]
    public async Task A_rule_that_asks_for_a_field_is_in_the_way_of_retiring_it_and_a_retired_field_in_the_way_of_such_rules()
    {
        await harbour.Ok(new AddCustomField.Command(FactSubject.Deal, "slip", FactType.Text, ("Slip", "船台")), harbour.Admin.As());
        var asking = await harbour.AskFor("custom.slip");
        var inTheWay = await harbour.No(new ChangeCustomField.Command("slip", Retired: true), harbour.Admin.As());
        Assert.Equal("retired", Assert.Single(inTheWay.Errors).Key);

        await harbour.AskFor(Berth);
        await harbour.Ok(new ChangeCustomField.Command("slip", Retired: true), harbour.Admin.As());
        var refused = await harbour.No(new RestoreRuleVersion.Command(asking, "Back again"), harbour.Admin.As());
        Assert.Contains("custom.slip", JsonSerializer.Serialize(refused, WireNames.Json), StringComparison.Ordinal);
    }

    private Task<DealView> Open(CustomerId customer, string key, string value) =>
        harbour.Ok(new CreateDeal.Command(customer, new MoveFields { Title = "Boats", [key] = value }), harbour.Rep.As());

    private async Task<IEnumerable<DealId>> Ids(DealFilter filter, string? sort = null) =>
        (await harbour.Ok(new ListDeals.Query(filter, new PageRequest(50, null), sort), harbour.Rep.As())).Items.Select(deal => deal.Id);

    /// <summary>The product with one more fact of deals, which has a column of its own, and one more field.</summary>
    public sealed class Harbour(TestCluster cluster) : CrmFixture(cluster), IAsyncLifetime
    {
        public UserId Admin { get; private set; }

        public UserId Rep { get; private set; }

        protected override void Configure(IServiceCollection services) => services.AddSingleton(new FactCatalog(
        [
            .. BuiltInFacts.All,
            new FactDefinition(Berth, FactSubject.Deal, FactType.Text, ("Berth", "泊位"), "d.berth")
            {
                Column = "berth", Writable = true, Brings = MoveInputKind.Field, Import = Berth, InHistory = true, MaxLength = 50,
                Sort = new FactOrder($"d.berth {NameOrder.Sql}", "text"),
            },
        ]));

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await using var owner = await AsOwner();
            await using var migration = new NpgsqlCommand("alter table deals add column berth text", owner);
            await migration.ExecuteNonQueryAsync(DealSteps.Ct);
            (Admin, Rep) = (await User(Role.Admin), await User(Role.Rep));
            await this.Ok(new AddCustomField.Command(FactSubject.Deal, "quay", FactType.Text, ("Quay", "码头")), Admin.As());
        }

        /// <summary>Publishes the default rules, with one that asks for the fact before a deal is advanced into consideration.</summary>
        /// <returns>The version.</returns>
        public async Task<int> AskFor(string key)
        {
            var rules = DefaultRules.Create();
            var asked = new Requirement(
                "asked", [new Condition(key, Operator.Filled)], null, RequirementMode.Block,
                new Dictionary<string, string> { ["en"] = $"Say {key}", ["zh-CN"] = $"请填写 {key}" }, []);
            rules = rules with
            {
                Stages = new Dictionary<Stage, StageRules>(rules.Stages) { [Stage.Consideration] = new([asked], [], null) },
            };
            var draft = await this.Ok(new GetRules.Query(Draft: true), Admin.As());
            await this.Ok(new SaveRuleDraft.Command(RuleSetJson.Write(rules), draft.Etag), Admin.As());
            return (await this.Ok(new PublishRules.Command($"Asks for {key}"), Admin.As())).Version;
        }
    }
}
