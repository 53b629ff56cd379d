using System.Net;
using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.ApiTests;

/// <summary>Every call of docs/api.md's table: the names that programs outside rely on, no more and no fewer.</summary>
public sealed class ShapeTests(TestApp app) : IClassFixture<TestApp>
{
    public const string List = "items next";
    public const string Customer =
        "archivedAt createdAt custom email id name phone placeholder referrerId returning source status statusSince statusStage type version";
    public const string Deal = "amount archivedAt closedAt createdAt currency custom customerId customerName cycle enteredStageAt expectedClose id lostReason outcome ownerId ownerName "
        + "previousDealId referredByDealId secondsInStage source stage title version void wonAt";
    public const string Transition =
        "by channel conditions from fromStage id importedKind kind occurredAt override reason recordedAt ruleSet secondsInStage seq to toStage undoneBy";
    public const string History = "by byName changes channel occurredAt recordedAt refusal transition";
    public const string Verdict = "conditions fields kind reason to verdict";
    private const string Condition = "field found message mode operator overrideBy result rule wanted";

    [Fact]
    public async Task A_customer_and_its_contacts()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var made = await rep.Post("customers",
            """{"name":"Orchard Ltd","type":"person","email":"a@orchard.example","phone":"+1 234","source":"website"}""");
        made.IsCreated(Customer, $"/api/v1/customers/{made.Id}");
        Assert.Equal(("none", "person", 1), (made["status"].GetString(), made["type"].GetString(), made["version"].GetInt32()));
        Assert.Equal("organisation", (await rep.Post("customers", """{"name":"Default"}"""))["type"].GetString());

        (await rep.Get($"customers/{made.Id}")).IsOk($"{Customer} archivedDeals contactCount country deals openDeals referrerName sector");
        Reply.HasShape(Customer, (await rep.Get("customers?search=orchard&status=none")).IsOk(List).Items.Single());
        Assert.Empty((await rep.Get("customers?status=lost")).Items);

        const string contact = "customerId decisionMaker email id name phone version";
        var added = await rep.Post($"customers/{made.Id}/contacts",
            """{"name":"Ada","email":"ada@orchard.example","phone":"123","decisionMaker":true}""");
        added.IsCreated(contact, $"/api/v1/customers/{made.Id}/contacts");
        Reply.HasShape(contact, (await rep.Get($"customers/{made.Id}/contacts")).IsOk(List).Items.Single());

        var history = (await rep.Get($"customers/{made.Id}/history")).IsOk(List).Items.ToList();
        Assert.All(history, entry => Reply.HasShape("by byName cause changes channel contact occurredAt recordedAt", entry));
        Assert.Equal(2, history.Count);
    }

    [Fact]
    public async Task A_deal_its_quotes_and_its_payments()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var customer = (await rep.Post("customers", """{"name":"Orchard Ltd"}""")).Id;
        var deal = await rep.Post("deals",
            $$"""{"customerId":"{{customer}}","title":"Metering","amount":1000.5,"currency":"EUR","expectedClose":"2031-05-06","source":"website","stage":"consideration"}""");
        deal.IsCreated(Deal, $"/api/v1/deals/{deal.Id}");
        Assert.Equal(("consideration", "open", 1000.5m, "EUR", "2031-05-06", 1), (
            deal["stage"].GetString(), deal["outcome"].GetString(), deal["amount"].GetDecimal(), deal["currency"].GetString(),
            deal["expectedClose"].GetString(), deal["cycle"].GetInt32()));
        Assert.Equal(rep.User.ToString(), deal["ownerId"].GetString());
        Assert.All(["enteredStageAt", "createdAt"],
            name => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$", deal[name].GetString()));
        (await rep.Get($"deals/{deal.Id}")).IsOk(Deal);
        Reply.HasShape(Deal,
            (await rep.Get(
                $"deals?customer={customer}&stage=consideration&outcome=open&owner={rep.User}&source=website&search=meter")).IsOk(
                    List).Items.Single());

        using var admin = await ApiClient.New(app, Role.Admin);
        const string product = "active currency id name price version";
        var sold = (await admin.Post("products", """{"name":"Meter","price":12,"currency":"EUR"}""")).IsCreated(product,
            "/api/v1/products");
        Reply.HasShape(product, (await rep.Get("products?search=meter")).IsOk(List).Items.Single());

        const string quote = "by byName createdAt currency dealId id lines total validUntil version";
        var quoted = await rep.Post($"deals/{deal.Id}/quotes",
            $$"""{"lines":[{"productId":"{{sold.Id}}","quantity":3,"price":10,"discountPercent":5}],"validUntil":"2031-01-01"}""");
        quoted.IsCreated(quote, $"/api/v1/deals/{deal.Id}/quotes");
        Assert.Equal((28.5m, "EUR"), (quoted["total"].GetDecimal(), quoted["currency"].GetString()));
        Reply.HasShape("discountPercent price productId productName quantity total", quoted["lines"][0]);
        Reply.HasShape(quote, (await rep.Get($"deals/{deal.Id}/quotes")).IsOk(List).Items.Single());

        const string payment = "amount by byName createdAt currency dealId due id method paidAt version";
        var paid = await rep.Post($"deals/{deal.Id}/payments",
            """{"amount":10,"currency":"EUR","method":"letterOfCredit","paidAt":"2026-01-01"}""");
        paid.IsCreated(payment, $"/api/v1/deals/{deal.Id}/payments");
        Reply.HasShape(payment, (await rep.Get($"deals/{deal.Id}/payments")).IsOk(List).Items.Single());
    }

    [Fact]
    public async Task A_deal_and_a_customer_that_are_archived_and_restored()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal();
        var customer = deal["customerId"].GetString()!;
        (await rep.Post($"customers/{customer}/archive", """{"version":1}""")).IsProblem(HttpStatusCode.Conflict, "has-open-deals");
        (await rep.Post($"deals/{Guid.NewGuid()}/archive", "{}")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await rep.Post($"deals/{deal.Id}/archive", "{}")).IsProblem(HttpStatusCode.BadRequest, "validation", "version");
        Assert.NotEqual(JsonValueKind.Null,
            (await rep.Post($"deals/{deal.Id}/archive", """{"version":1}""")).IsOk(Deal)["archivedAt"].ValueKind);
        (await rep.Post($"deals/{deal.Id}/moves", """{"kind":"advance","version":2}""", "k")).IsProblem(HttpStatusCode.Conflict,
            "archived");
        (await rep.Post($"deals/{deal.Id}/restore", """{"version":1}""")).IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Empty((await rep.Get($"deals?customer={customer}")).Items);
        Assert.Single((await rep.Get($"deals?customer={customer}&archived=true")).Items);

        (await rep.Post($"customers/{customer}/archive", """{"version":1}""")).IsOk(Customer);
        Assert.DoesNotContain((await rep.Get("customers?limit=200")).Items, one => one.GetProperty("id").GetString() == customer);
        Assert.Contains((await rep.Get("customers?archived=true&limit=200")).Items, one => one.GetProperty("id").GetString() == customer);
        (await rep.Post($"deals/{deal.Id}/restore", """{"version":2}""")).IsProblem(HttpStatusCode.Conflict, "archived");
        (await rep.Post($"customers/{customer}/restore", """{"version":2}""")).IsOk(Customer);
        Assert.Equal(JsonValueKind.Null,
            (await rep.Post($"deals/{deal.Id}/restore", """{"version":2}""")).IsOk(Deal)["archivedAt"].ValueKind);
    }

    [Fact]
    public async Task A_move_its_explanation_its_transition_and_its_undo()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal("consideration");
        var explained = (await rep.Get($"deals/{deal.Id}/moves")).IsOk("moves ruleSet version");
        var advance = explained["moves"].EnumerateArray().Single(move => move.GetProperty("kind").GetString() == "advance");
        Reply.HasShape(Verdict, advance);
        Assert.Equal(("decision", "needsFields"), (advance.GetProperty("to").GetString(), advance.GetProperty("verdict").GetString()));
        Assert.Equal(["amount", "expectedClose"], advance.GetProperty("fields").EnumerateArray().Select(field => field.GetString()!));
        Reply.HasShape(Condition, advance.GetProperty("conditions")[0]);

        var moved = await rep.Post($"deals/{deal.Id}/moves",
            """{"kind":"advance","to":"decision","version":1,"fields":{"amount":5,"expectedClose":"2031-01-01"}}""", "k");
        moved.IsOk("created deal transition warnings");
        Reply.HasShape(Deal, moved["deal"]);
        Reply.HasShape(Transition, moved["transition"]);
        Assert.Equal(JsonValueKind.Null, moved["created"].ValueKind);

        var transitions = (await rep.Get($"deals/{deal.Id}/transitions")).IsOk(List).Items.ToList();
        Assert.All(transitions, transition => Reply.HasShape(Transition, transition));
        Assert.Equal([1, 2], transitions.Select(transition => transition.GetProperty("seq").GetInt32()));
        Assert.Equal((JsonValueKind.Null, "consideration"),
            (transitions[0].GetProperty("from").ValueKind, transitions[0].GetProperty("to").GetString()));
        Assert.Equal(("consideration", "decision", "api"), (
            transitions[1].GetProperty("from").GetString(), transitions[1].GetProperty("to").GetString(),
            transitions[1].GetProperty("channel").GetString()));

        var history = (await rep.Get($"deals/{deal.Id}/history?part=changes")).IsOk(List).Items.ToList();
        Assert.All(history, entry => Reply.HasShape(History, entry));
        Reply.HasShape(Transition, history[0].GetProperty("transition"));
        var amount = history[0].GetProperty("changes").EnumerateArray().First();
        Reply.HasShape("after afterCurrency afterName before beforeCurrency beforeName entity entityId field id", amount);
        Assert.Equal(("amount", 5m, "USD"), (amount.GetProperty("field").GetString(), amount.GetProperty("after").GetDecimal(),
            amount.GetProperty("afterCurrency").GetString()));
        (await rep.Get($"deals/{deal.Id}/history?part=some")).IsProblem(HttpStatusCode.BadRequest, "validation", "part");
        (await rep.Get($"deals/{deal.Id}/history?after=1-2")).IsProblem(HttpStatusCode.BadRequest, "validation", "after");

        var undone = await rep.Post($"transitions/{transitions[1].GetProperty("id").GetInt64()}/undo", null);
        undone.IsOk("created deal transition warnings");
        Assert.Equal((3, "consideration"),
            (undone["deal"].GetProperty("version").GetInt32(), undone["deal"].GetProperty("stage").GetString()));
        var after = (await rep.Get($"deals/{deal.Id}/transitions")).Items.ToList();
        Assert.Equal(after[2].GetProperty("id").GetInt64(), after[1].GetProperty("undoneBy").GetInt64());
    }

    [Fact]
    public async Task What_repurchase_and_refer_open_is_told_as_created()
    {
        using var admin = await ApiClient.New(app, Role.Admin);
        var deal = await admin.Advanced(await admin.NewDeal(), Stage.PostPurchase);
        var again = await admin.Post($"deals/{deal.Id}/moves", $$"""{"kind":"repurchase","version":{{deal.Version}}}""", "repurchase");
        Reply.HasShape(Deal, again.Is(HttpStatusCode.OK)["created"]);
        Assert.Equal(("consideration", 2, deal.Id), (
            again["created"].GetProperty("stage").GetString(), again["created"].GetProperty("cycle").GetInt32(),
            again["created"].GetProperty("previousDealId").GetString()));

        var friend = (await admin.Post("customers", """{"name":"Friend"}""")).Id;
        var referred = await admin.Post($"deals/{deal.Id}/moves",
            $$"""{"kind":"refer","version":{{deal.Version + 1}},"customerId":"{{friend}}"}""", "refer");
        Assert.Equal(("awareness", deal.Id, friend), (
            referred.Is(HttpStatusCode.OK)["created"].GetProperty("stage").GetString(),
            referred["created"].GetProperty("referredByDealId").GetString(), referred["created"].GetProperty("customerId").GetString()));
    }

    [Fact]
    public async Task The_board_and_its_columns()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        await rep.NewDeal(more: ",\"amount\":5");
        var board = (await rep.Get($"board?owner={rep.User}&search=deal")).IsOk("columns completed lost");
        var columns = board["columns"].EnumerateArray().ToList();
        Assert.Equal(["awareness", "consideration", "decision", "purchase", "postPurchase"],
            columns.Select(column => column.GetProperty("stage").GetString()!));
        Assert.All(columns, column => Reply.HasShape("count items next stage totals", column));
        Reply.HasShape(Deal, columns[0].GetProperty("items")[0]);
        Reply.HasShape("amount currency", columns[0].GetProperty("totals")[0]);
        Reply.HasShape(Deal, (await rep.Get($"board/awareness?owner={rep.User}")).IsOk(List).Items.Single());
    }

    [Fact]
    public async Task The_funnel_and_its_deals()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        await rep.NewDeal();
        const string stage = "amount completed cumulative cumulativePercent lost medianDays medianOverDays n next nextPercent notConverted returned sharePercent skipped stage stays still stopped "
            + "stoppedBack stoppedLost stoppedReasons stoppedStill unknownEntry withAmount withoutAmount";
        var funnel = (await rep.Get("funnel")).IsOk("currency definition instant meaning notConverted stages summary timeZone");
        Assert.Equal(5, funnel["stages"].GetArrayLength());
        Assert.All(funnel["stages"].EnumerateArray(), one => Reply.HasShape(stage, one));
        Reply.HasShape("n reasons", funnel["stages"][0].GetProperty("lost"));
        Reply.HasShape("lostNeverWon timeToWinMeanDays timeToWinMedianDays winRatePercent won wonAmount wonWithoutAmount",
            funnel["summary"]);
        Assert.Equal(("UTC", "USD", "passed"),
            (funnel["timeZone"].GetString(), funnel["currency"].GetString(), funnel["meaning"].GetString()));

        var snapshot = (await rep.Get("funnel?meaning=snapshot&unit=deals")).IsOk(
            "currency definition instant meaning notConverted stages summary timeZone");
        Assert.Equal(JsonValueKind.Null, snapshot["summary"].ValueKind);
        Assert.Equal(0, snapshot["stages"][0].GetProperty("lost").GetProperty("n").GetInt32());

        var deals = (await rep.Get("funnel/deals?stage=awareness&number=n")).IsOk("items next total");
        Assert.Equal((1, 1), (deals.Items.Count(), deals["total"].GetInt32()));
        Reply.HasShape(Deal, deals.Items.Single());
    }

    [Fact]
    public async Task Codes_and_what_rules_may_ask_about()
    {
        using var viewer = await ApiClient.New(app, Role.Viewer);
        var codes = (await viewer.Get("codes")).IsOk("lossReasons overrideReasons sources");
        Assert.All(new[] { "lossReasons", "overrideReasons", "sources" }, kind => Reply.HasShape("active code name", codes[kind][0]));
        Reply.HasShape("en zh-CN", codes["sources"][0].GetProperty("name"));

        var fields = (await viewer.Get("rules/fields")).IsOk(List).Items.ToList();
        Assert.All(fields, field => Reply.HasShape("choices fillable key operators type", field));
        Assert.Equal(["amount", "contacts", "expectedClose", "quotes"], fields.Select(field => field.GetProperty("key").GetString()!)
            .Where(key => key is "amount" or "contacts" or "expectedClose" or "quotes").Order(StringComparer.Ordinal));
    }
}
