using System.Net;
using System.Text;
using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.ApiTests;

/// <summary>What no program should send: it gets what is wrong, at the field it concerns, and nothing fails.</summary>
public sealed class BadInputTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string FortyLines = string.Join("\\n", Enumerable.Repeat("One line of many", 40));

    [Theory]
    [InlineData("{", "body")]
    [InlineData("[]", "body")]
    [InlineData("null", "body")]
    [InlineData("", "body")]
    [InlineData("""{"name":"A","name":"B"}""", "name")]
    [InlineData("""{"name":"A","colour":"red"}""", "colour")]
    [InlineData("""{"name":5}""", "name")]
    [InlineData("""{"name":"A","type":"robot"}""", "type")]
    [InlineData("""{"name":"A","type":1}""", "type")]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":"   "}""", "name")]
    [InlineData("""{"name":"A\u0000B"}""", "name")]
    [InlineData("""{"name":"A\u001bB"}""", "name")]
    [InlineData("""{"name":"\ud800"}""", "name")]
    [InlineData("""{"name":"A","email":"nowhere","phone":"\u0007","source":"no such"}""", "email", "phone", "source")]
    public async Task A_customer_that_is_none_is_refused_at_its_field(string body, params string[] fields)
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        (await rep.Post("customers", body)).IsProblem(HttpStatusCode.BadRequest, "validation", fields);
        Assert.Empty((await rep.Get("customers?search=A%20and%20nothing%20else")).Items);
    }

    [Fact]
    public async Task An_address_that_is_too_long_is_answered_at_its_parameter()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var text = new string('a', 20_000);
        (await rep.Get($"customers?search={text}")).IsProblem(HttpStatusCode.BadRequest, "validation", "search");
        var filter = Uri.EscapeDataString($$"""{"all":[{"field":"title","op":"contains","value":"{{text}}"}]}""");
        (await rep.Get($"deals?filter={filter}")).IsProblem(HttpStatusCode.BadRequest, "validation", "filter");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1e30")]
    [InlineData("1e400")]
    [InlineData("0.00001")]
    [InlineData("1000000000000000")]
    [InlineData("\"1.234,56\"")]
    [InlineData("\"5\"")]
    [InlineData("NaN")]
    [InlineData("[5]")]
    public async Task An_amount_that_is_none_is_refused_at_its_field(string amount)
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal();
        (await rep.Post("deals", $$"""{"customerId":"{{deal["customerId"]}}","title":"Deal","amount":{{amount}}}""")).IsProblem(
            HttpStatusCode.BadRequest, "validation", "amount");
        (await rep.Patch($"deals/{deal.Id}", $$"""{"version":1,"amount":{{amount}}}""")).IsProblem(HttpStatusCode.BadRequest, "validation",
            "amount");
        (await rep.Move(deal, $$$"""{"kind":"advance","version":1,"fields":{"amount":{{{amount}}}}}""")).IsProblem(
            HttpStatusCode.BadRequest, "validation", "fields.amount");
        (await rep.Post($"deals/{deal.Id}/payments", $$"""{"amount":{{amount}},"currency":"USD","method":"cash"}""")).IsProblem(
            HttpStatusCode.BadRequest, "validation", "amount");
        Assert.Equal(1, (await rep.Get($"deals/{deal.Id}")).Version);
    }

    [Theory]
    [InlineData("0000-01-01")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("2026-02-30")]
    [InlineData("31/12/2026")]
    [InlineData("")]
    [InlineData("2026-12-31T00:00:00")]
    [InlineData("9999-12-31T23:00:00-08:00")]
    public async Task A_date_that_is_none_is_refused_at_its_field(string date)
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal();
        (await rep.Patch($"deals/{deal.Id}", $$"""{"version":1,"expectedClose":"{{date}}"}""")).IsProblem(HttpStatusCode.BadRequest,
            "validation", "expectedClose");
        (await rep.Post($"deals/{deal.Id}/payments", $$"""{"amount":1,"currency":"USD","method":"cash","paidAt":"{{date}}"}""")).IsProblem(
            HttpStatusCode.BadRequest, "validation", "paidAt");
        Assert.Equal(1, (await rep.Get($"deals/{deal.Id}")).Version);
    }

    [Theory]
    [InlineData("2026-02-28", "2026-02-28")]
    [InlineData("2026-02-28T23:30:00Z", "2026-02-28")]
    [InlineData("2026-02-28T23:30:00-08:00", "2026-03-01")]
    public async Task A_payment_takes_a_day_or_an_instant(string given, string day)
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal();
        var paid = await rep.Post($"deals/{deal.Id}/payments", $$"""{"amount":1,"currency":"USD","method":"cash","paidAt":"{{given}}"}""");
        Assert.Equal(day, paid.Is(HttpStatusCode.Created)["paidAt"].GetString());
        Assert.Equal(paid["createdAt"].GetString(),
            (await rep.Get($"deals/{deal.Id}/payments")).Items.Single().GetProperty("createdAt").GetString());
    }

    [Fact]
    public async Task A_quote_with_a_line_that_is_none_is_refused_at_its_line()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal();
        (await rep.Post($"deals/{deal.Id}/quotes", """{"lines":[null]}""")).IsProblem(HttpStatusCode.BadRequest, "validation",
            "lines[0].productId");
        (await rep.Post($"deals/{deal.Id}/quotes", """{"lines":[{"line":5}]}""")).IsProblem(HttpStatusCode.BadRequest, "validation",
            "lines[0].line");
    }

    [Fact]
    public async Task A_field_that_only_the_code_knows_is_no_field()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal();
        var customer = deal["customerId"].GetString();
        (await rep.Post("customers", """{"name":"A","command":5}""")).IsProblem(HttpStatusCode.BadRequest, "validation", "command");
        (await rep.Post("deals", $$"""{"customerId":"{{customer}}","title":"A","command":5}""")).IsProblem(HttpStatusCode.BadRequest,
            "validation", "command");
        (await rep.Patch($"deals/{deal.Id}", """{"version":1,"fields":{}}""")).IsProblem(HttpStatusCode.BadRequest, "validation", "fields");
        (await rep.Patch($"customers/{customer}", """{"version":1,"fields":{}}""")).IsProblem(HttpStatusCode.BadRequest, "validation",
            "fields");
    }

    [Theory]
    [InlineData("""{"kind":"lose","version":VERSION,"reason":{"code":"no such"}}""")]
    [InlineData("""{"kind":"back","to":"awareness","version":VERSION,"reason":{"code":"no such","text":"Too early"}}""")]
    [InlineData("""{"kind":"advance","version":VERSION,"reason":{"code":"no such"}}""")]
    public async Task A_reason_that_is_not_on_the_list_is_refused_whatever_the_move(string move)
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal();
        (await rep.Move(deal, move)).IsProblem(HttpStatusCode.BadRequest, "validation", "reason.code");
    }

    [Theory]
    [InlineData("👩‍🏭 工厂 «Ωmega»")]
    [InlineData("\u200Fشركة الأفق\u200F")]
    [InlineData("First line\\nSecond\\tline")]
    [InlineData("'; drop table deals; -- <script>alert(1)</script> {0} %s")]
    public async Task Text_of_any_language_comes_back_as_it_was_sent(string text)
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var expected = JsonDocument.Parse($"\"{text}\"").RootElement.GetString();
        var customer = await rep.Post("customers", $$"""{"name":"{{text}}"}""");
        Assert.Equal(expected, customer.Is(HttpStatusCode.Created)["name"].GetString());
        var deal = await rep.Post("deals", $$"""{"customerId":"{{customer.Id}}","title":"{{text}}"}""");
        Assert.Equal(expected, (await rep.Get($"deals/{deal.Id}"))["title"].GetString());
        (await rep.Post($"customers/{customer.Id}/contacts", $$"""{"name":"{{text}}"}""")).Is(HttpStatusCode.Created);
        Assert.Equal(expected, (await rep.Get($"customers/{customer.Id}/contacts")).Items.Single().GetProperty("name").GetString());
        Assert.Equal(customer.Id,
            (await rep.Get($"customers?search={Uri.EscapeDataString(expected!)}")).Items.Single().GetProperty("id").GetString());
        Assert.Equal(deal.Id,
            (await rep.Get($"deals?search={Uri.EscapeDataString(expected!)}")).Items.Single().GetProperty("id").GetString());
    }

    [Fact]
    public async Task Forty_lines_are_too_much_for_a_name_and_a_wall_of_text_for_anything()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal();
        (await rep.Post("customers", $$"""{"name":"{{FortyLines}}"}""")).IsProblem(HttpStatusCode.BadRequest, "validation", "name");
        (await rep.Patch($"deals/{deal.Id}", $$"""{"version":1,"title":"{{FortyLines}}"}""")).IsProblem(HttpStatusCode.BadRequest,
            "validation", "title");
        (await rep.Move(deal,
            $$$"""{"kind":"lose","version":1,"reason":{"code":"price","text":"{{{new string('x', 2001)}}}"}}""")).IsProblem(
                HttpStatusCode.BadRequest, "validation", "reason.text");
        (await rep.Send(HttpMethod.Post, "customers", $$"""{"name":"{{new string('x', 40_000_000)}}"}""",
            ("Expect", "100-continue"))).IsProblem(HttpStatusCode.BadRequest, "validation", "body");
    }

    [Theory]
    [InlineData("deals?search=%00")]
    [InlineData("deals?source=%00")]
    [InlineData("deals?search=%ED%A0%80")]
    [InlineData("customers?search=%00")]
    [InlineData("products?search=%00")]
    [InlineData("board?search=%00")]
    [InlineData("board?source=a%00")]
    [InlineData("board/awareness?search=%00")]
    [InlineData("funnel?source=%00")]
    [InlineData("funnel/deals?stage=awareness&number=lost&reason=%00")]
    [InlineData("funnel/deals?number=notConverted&currency=%00")]
    public async Task Text_that_nothing_is_called_finds_nothing_or_is_refused(string path)
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var reply = await rep.Get(path);
        Assert.True(reply.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{(int)reply.Status} {reply.Text}");
    }

    [Theory]
    [InlineData("deals?colour=red", "colour")]
    [InlineData("deals?stage=purgatory", "stage")]
    [InlineData("deals?owner=me", "owner")]
    [InlineData("customers?status=happy", "status")]
    [InlineData("board?at=2026-01-01", "at")]
    [InlineData("board/decision?at=2026-01-01", "at")]
    [InlineData("funnel?meaning=cohort", "meaning")]
    [InlineData("funnel?meaning=flow", "meaning")]
    [InlineData("funnel?meaning=guess", "meaning")]
    [InlineData("funnel?unit=customers", "unit")]
    [InlineData("funnel?product=1", "product")]
    [InlineData("funnel?from=0000-01-01", "from")]
    [InlineData("funnel?from=2026-02-01&to=2026-01-01", "to")]
    [InlineData("funnel?meaning=snapshot&at=9999-12-31", "at")]
    [InlineData("funnel/deals?number=n", "stage")]
    [InlineData("funnel/deals?stage=decision&number=luck", "number")]
    [InlineData("rules?version=last", "version")]
    public async Task A_parameter_that_is_unknown_wrong_or_not_there_yet_is_refused_by_name(string path, string field)
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        (await rep.Get(path)).IsProblem(HttpStatusCode.BadRequest, "validation", field);
    }

    [Theory]
    [InlineData("board?at=2026-01-01")]
    [InlineData("funnel?meaning=cohort")]
    [InlineData("funnel?meaning=flow")]
    [InlineData("funnel?unit=customers")]
    [InlineData("funnel?product=1")]
    public async Task What_is_documented_and_not_there_says_so(string path)
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var errors = (await rep.Get(path)).Json.GetProperty("errors").ToString();
        Assert.Contains("not yet", errors, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=utf-8", HttpStatusCode.Created)]
    public async Task Only_JSON_is_read(string type, HttpStatusCode status)
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        using var content = new ByteArrayContent("""{"name":"Example"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var reply = (await rep.SendContent(HttpMethod.Post, "customers", content)).Is(status);
        if (status != HttpStatusCode.Created)
        {
            reply.IsProblem(status, "validation");
        }
    }

    [Fact]
    public async Task A_merge_patch_may_say_that_it_is_one()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal();
        using var content = new ByteArrayContent("""{"version":1,"title":"Patched"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/merge-patch+json");
        Assert.Equal("Patched",
            (await rep.SendContent(HttpMethod.Patch, $"deals/{deal.Id}", content)).Is(HttpStatusCode.OK)["title"].GetString());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        using var content =
            new ByteArrayContent([.. Encoding.ASCII.GetBytes("{\"name\":\""), 0xC3, 0x28, .. Encoding.ASCII.GetBytes("\"}")]);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        (await rep.SendContent(HttpMethod.Post, "customers", content)).IsProblem(HttpStatusCode.BadRequest, "validation", "name");
        (await rep.Post("customers", new string('[', 100_000))).IsProblem(HttpStatusCode.BadRequest, "validation", "body");
    }

    [Fact]
    public async Task An_address_that_is_none_and_a_method_that_it_does_not_take_are_problems_too()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        (await rep.Get("nothing/here")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await rep.Send(HttpMethod.Delete, "deals", null)).IsProblem(HttpStatusCode.MethodNotAllowed, "validation");
        foreach (var path in new[] { "deals/1", "deals/1/moves", "customers/x", "transitions/x/undo",
            "transitions/99999999999999999999/undo" })
        {
            var reply = path.EndsWith("undo", StringComparison.Ordinal) ? await rep.Post(path, null) : await rep.Get(path);
            Assert.True(reply.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{path}: {(int)reply.Status} {reply.Text}");
        }
    }
}
