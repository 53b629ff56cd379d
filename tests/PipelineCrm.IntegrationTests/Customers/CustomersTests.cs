using PipelineCrm.Customers;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Customers;

public sealed class CustomersTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> NamesThatAreKept => new(
        "Redfern Kiln Works",
        "灰石坡钢构",
        "👩‍🏭🧱 Kiln",
        "\u200Fشركة الأفق\u200E",
        string.Join('\n', Enumerable.Range(1, 40).Select(i => $"r{i}")),
        new string('x', 200));

    public static TheoryData<string> NamesThatAreRefused =>
        new("", "   ", "\u200F\u200B\uFEFF", "Red\0fern", "a\u0007b", "half \ud83d", new string('x', 201));

    [Theory]
    [MemberData(nameof(NamesThatAreKept))]
    public async Task A_customer_keeps_its_name_as_it_was_typed(string name)
    {
        var rep = await Caller(Role.Rep);
        var created = await Ok(new CreateCustomer.Command($"  {name}\t"), rep);
        Assert.Equal(name, created.Name);
        Assert.Equal(name, (await Ok(new GetCustomer.Query(created.Id), rep)).Name);
        Assert.Equal((1L, (PurchaseStatus?)PurchaseStatus.None), (created.Version, created.Status));
    }

    [Theory]
    [MemberData(nameof(NamesThatAreRefused))]
    public async Task A_name_that_cannot_be_kept_is_refused_at_its_field(string name)
    {
        var problem = await No(new CreateCustomer.Command(name), await Caller(Role.Rep));
        Assert.Equal(ProblemCode.Validation, problem.Code);
        Assert.Equal(["name"], problem.Errors.Keys);
    }

    [Theory]
    [InlineData("ada@example", null, "email")]
    [InlineData("ada lovelace@mill.example", null, "email")]
    [InlineData("@mill.example", null, "email")]
    [InlineData(null, "word of mouth", "source")]
    [InlineData(null, "web\0site", "source")]
    public async Task An_email_of_the_wrong_form_or_an_unknown_source_is_refused(string? email, string? source, string field)
    {
        var problem = await No(new CreateCustomer.Command("Mill", Email: email, Source: source), await Caller(Role.Rep));
        Assert.Equal([field], problem.Errors.Keys);
    }

    [Fact]
    public async Task A_viewer_reads_customers_and_writes_none()
    {
        var viewer = await Caller(Role.Viewer);
        var customer = await Ok(new CreateCustomer.Command("Seen by all"), await Caller(Role.Rep));
        Assert.Equal("Seen by all", (await Ok(new GetCustomer.Query(customer.Id), viewer)).Name);
        Assert.Equal(ProblemCode.Forbidden, (await No(new CreateCustomer.Command("Mine"), viewer)).Code);
        Assert.Equal(ProblemCode.Forbidden, (await No(new AddContact.Command(customer.Id, "Ada"), viewer)).Code);
        Assert.Equal(ProblemCode.Unauthenticated,
            (await No(new GetCustomer.Query(customer.Id), PipelineCrm.UseCases.Caller.Anonymous)).Code);
    }

    [Fact]
    public async Task The_list_is_found_by_part_of_the_name_and_paged_without_gap()
    {
        var rep = await Caller(Role.Rep);
        var names = Enumerable.Range(0, 7).Select(i => $"{(i % 2 == 0 ? "Paged" : "paged")}_100% {i}").ToList();
        foreach (var name in names)
        {
            await Ok(new CreateCustomer.Command(name), rep);
        }

        await Ok(new CreateCustomer.Command("PagedX100 other"), rep);
        var found = new List<string>();
        string? after = null;
        do
        {
            var page = await Ok(new ListCustomers.Query("PAGED_100%", null, new PageRequest(3, after)), rep);
            found.AddRange(page.Items.Select(c => c.Name));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(names.OrderBy(n => n, StringComparer.OrdinalIgnoreCase), found);
        Assert.All((await Ok(new ListCustomers.Query(null, PurchaseStatus.Lost, new PageRequest()), rep)).Items,
            c => Assert.Equal(PurchaseStatus.Lost, c.Status));
    }

    [Theory]
    [InlineData(0, null, "limit")]
    [InlineData(201, null, "limit")]
    [InlineData(50, "nonsense", "after")]
    [InlineData(50, "AAAA", "after")]
    public async Task A_page_that_cannot_be_is_refused(int limit, string? after, string field)
    {
        var problem = await No(new ListCustomers.Query(null, null, new PageRequest(limit, after)), await Caller(Role.Rep));
        Assert.Equal([field], problem.Errors.Keys);
    }

    [Fact]
    public async Task A_picker_offers_names_that_begin_with_the_text_first()
    {
        var rep = await Caller(Role.Rep);
        await Ok(new CreateCustomer.Command("A Zephyr mill"), rep);
        await Ok(new CreateCustomer.Command("Zephyr works"), rep);
        Assert.Equal(["Zephyr works", "A Zephyr mill"], (await Ok(new SearchCustomers.Query("zephyr"), rep)).Items.Select(c => c.Name));
    }

    [Fact]
    public async Task Of_two_writers_the_second_is_told_what_the_first_changed_and_who_it_was()
    {
        var (first, second) = (await Caller(Role.Rep), await Caller(Role.Manager));
        var customer = await Ok(new CreateCustomer.Command("Two tabs"), first);
        await Ok(new UpdateCustomer.Command(customer.Id, 1, new CustomerFields { Phone = "123" }), second);
        await Ok(new UpdateCustomer.Command(customer.Id, 2, new CustomerFields { Email = "two@tabs.example" }), first);

        var late = new CustomerFields { Name = "Three tabs" };
        var all = Assert.IsType<CustomerConflict>((await No(new UpdateCustomer.Command(customer.Id, 1, late), second)).Detail);
        Assert.Equal((3L, first.User), (all.Version, all.By));
        Assert.Equal(["phone", "email"], all.Fields);
        var rest = Assert.IsType<CustomerConflict>((await No(new UpdateCustomer.Command(customer.Id, 2, late), second)).Detail);
        Assert.Equal(["email"], rest.Fields);
        Assert.Equal("Three tabs", (await Ok(new UpdateCustomer.Command(customer.Id, 3, late), second)).Name);
    }

    [Fact]
    public async Task What_was_not_sent_stays_and_null_empties()
    {
        var rep = await Caller(Role.Rep);
        var customer = await Ok(new CreateCustomer.Command("Patch", Email: "p@patch.example", Phone: "123", Source: "event"), rep);
        var patched = await Ok(new UpdateCustomer.Command(customer.Id, 1, new CustomerFields { Phone = null }), rep);
        Assert.Equal(("Patch", "p@patch.example", null, "event", 2L),
            (patched.Name, patched.Email, patched.Phone, patched.Source, patched.Version));
        Assert.Equal(2, (await Ok(new UpdateCustomer.Command(customer.Id, 2, new CustomerFields { Name = "Patch" }), rep)).Version);
        Assert.Equal(["name"], (await No(new UpdateCustomer.Command(customer.Id, 2, new CustomerFields { Name = null }), rep)).Errors.Keys);
    }

    [Fact]
    public async Task A_contact_raises_the_customers_version()
    {
        var rep = await Caller(Role.Rep);
        var customer = await Ok(new CreateCustomer.Command("With people"), rep);
        var contact = await Ok(new AddContact.Command(customer.Id, "Ada", DecisionMaker: true), rep);
        var changed = await Ok(new UpdateContact.Command(customer.Id, contact.Id, 1, "Ada B.", "ada@people.example", null, false), rep);
        Assert.Equal(2, changed.Version);
        Assert.Equal(ProblemCode.Conflict,
            (await No(new UpdateContact.Command(customer.Id, contact.Id, 1, "Eve", null, null, true), rep)).Code);
        var details = await Ok(new GetCustomer.Query(customer.Id), rep);
        Assert.Equal((3L, 1), (details.Version, details.ContactCount));
        Assert.Equal([changed], (await Ok(new ListContacts.Query(customer.Id, new PageRequest()), rep)).Items);
        var conflict = Assert.IsType<CustomerConflict>(
            (await No(new UpdateCustomer.Command(customer.Id, 1, new CustomerFields { Name = "x" }), rep)).Detail);
        Assert.Equal(["contacts"], conflict.Fields);
    }

    [Fact]
    public async Task A_contact_waits_for_the_move_that_has_locked_its_customer()
    {
        var rep = await Caller(Role.Rep);
        var customer = await Ok(new CreateCustomer.Command("Locked"), rep);
        await using var connection = await crm.AsApp();
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using var command = new Npgsql.NpgsqlCommand("select 1 from customers where id = $1 for no key update", connection,
            transaction)
        {
            Parameters = { new() { Value = customer.Id.Value } },
        };
        await command.ExecuteNonQueryAsync(Ct);
        var adding = crm.Door.Send(new AddContact.Command(customer.Id, "Late"), rep, Ct);
        Assert.NotSame(adding, await Task.WhenAny(adding, crm.SomebodyWaitsForALock(Ct)));
        await transaction.CommitAsync(Ct);
        Assert.True((await adding).Ok);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var rep = await Caller(Role.Rep);
        Assert.Equal(ProblemCode.NotFound, (await No(new GetCustomer.Query(CustomerId.New()), rep)).Code);
        Assert.Equal(ProblemCode.NotFound, (await No(new AddContact.Command(CustomerId.New(), "Ada"), rep)).Code);
        Assert.Equal(ProblemCode.NotFound, (await No(new ListContacts.Query(CustomerId.New(), new PageRequest()), rep)).Code);
        Assert.Equal(ProblemCode.NotFound, (await No(new UpdateCustomer.Command(CustomerId.New(), 1, new CustomerFields()), rep)).Code);
    }

    private async Task<Caller> Caller(Role role) => new(await crm.User(role), Channel.Page);

    private async Task<T> Ok<T>(IRequest<T> request, Caller caller)
    {
        var result = await crm.Door.Send(request, caller, Ct);
        return result.Ok ? result.Value
            : throw new InvalidOperationException($"{result.Problem}: {string.Join("; ", result.Problem.Errors)}");
    }

    private async Task<Problem> No<T>(IRequest<T> request, Caller caller)
    {
        var result = await crm.Door.Send(request, caller, Ct);
        return result.Problem ?? throw new InvalidOperationException($"Unexpected answer: {result.Value}");
    }
}
