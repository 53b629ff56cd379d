using PipelineCrm.Access;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Live;
using PipelineCrm.Organisation;
using PipelineCrm.Products;
using PipelineCrm.Rules;

namespace PipelineCrm.IntegrationTests.Live;

/// <summary>Each use case appends one row for each thing that it writes, no more and no less, in one write.</summary>
public sealed class OutboxRowsTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private static readonly string[] OfDeals = [ChangeSubjects.Deal, ChangeSubjects.Quote, ChangeSubjects.QuoteLine, ChangeSubjects.Payment,
        ChangeSubjects.Refusal];

    /// <summary>What is appended, and what prepares the write and then is it.</summary>
    private static readonly Dictionary<string, (string Rows, Func<OutboxActors, Task<Func<Task>>> Prepare)> Cases = new()
    {
        ["a deal is created"] = ("customer Touched, deal Added", async scene =>
        {
            var customer = await scene.Crm.Customer(scene.Rep);
            return () => scene.AsRep(new CreateDeal.Command(customer, "Deal"));
        }
        ),
        ["a deal is changed"] = ("deal Changed",
            OnDeal((scene, deal) => scene.AsRep(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Title = "Other" })))),
        ["a deal moves, and its customer's status with it"] = ("customer Touched, deal Changed",
            OnDeal((scene, deal) => scene.AsRep(deal.Move(MoveKind.Advance)))),
        ["a move is refused"] = ("refusal Added", OnDeal((scene, deal) => scene.Crm.No(deal.Move(MoveKind.Complete), scene.Rep.As()))),
        ["a move is undone"] = ("customer Touched, deal Changed", async scene =>
        {
            var moved = await scene.AsRep((await scene.Deal()).Move(MoveKind.Advance));
            return () => scene.AsRep(new UndoTransition.Command(moved.Transition.Id));
        }
        ),
        ["an opening is undone"] = ("customer Touched, deal Changed", async scene =>
        {
            var deal = await scene.Deal();
            var opening = await scene.Crm.Ask<long>("select id from transitions where deal_id = $1", deal.Id.Value);
            return () => scene.AsRep(new UndoTransition.Command(opening));
        }
        ),
        ["a deal is followed by another"] = ("deal Added, deal Changed", async scene =>
        {
            var bought = await scene.Crm.AdvanceTo(await scene.Deal(), Stage.PostPurchase, scene.Rep);
            return () => scene.AsRep(bought.Move(MoveKind.Repurchase));
        }
        ),
        ["a card is placed"] = ("deal Touched", async scene =>
        {
            var (deal, other) = (await scene.Deal(), await scene.Deal());
            return () => scene.AsRep(new ReorderDeal.Command(deal.Id, null, other.Id));
        }
        ),
        ["a deal is archived"] = ("customer Touched, deal Changed",
            OnDeal((scene, deal) => scene.AsRep(new ArchiveDeal.Command(deal.Id, deal.Version)))),
        ["a deal is restored"] = ("customer Touched, deal Changed", async scene =>
        {
            var deal = await scene.Deal();
            var archived = await scene.AsRep(new ArchiveDeal.Command(deal.Id, deal.Version));
            return () => scene.AsRep(new RestoreDeal.Command(deal.Id, archived.Version));
        }
        ),
        ["a quote is added"] = ("deal Changed, quote Added, quoteLine Added, quoteLine Added", async scene =>
        {
            var (deal, product) = (await scene.Deal(), await scene.Product());
            return () => scene.AsRep(new AddQuote.Command(deal.Id, [new(product, 1), new(product, 2)], null, "EUR"));
        }
        ),
        ["a payment is added"] = ("deal Changed, payment Added",
            OnDeal((scene, deal) => scene.AsRep(new AddPayment.Command(deal.Id, 1, "USD", PaymentMethod.Cash)))),
        ["a customer is created"] = ("customer Added", Now(scene => scene.AsRep(new CreateCustomer.Command("Orchard")))),
        ["a customer is changed"] = ("customer Changed", OnCustomer((scene, customer) =>
            scene.AsRep(new UpdateCustomer.Command(customer.Id, customer.Version, new CustomerFields { Name = "Other" })))),
        ["a customer is archived"] = ("customer Changed",
            OnCustomer((scene, customer) => scene.AsRep(new ArchiveCustomer.Command(customer.Id, customer.Version)))),
        ["a contact is added"] = ("contact Added, customer Changed",
            OnCustomer((scene, customer) => scene.AsRep(new AddContact.Command(customer.Id, "Ada")))),
        ["a contact is changed"] = ("contact Changed, customer Changed", async scene =>
        {
            var customer = await scene.AsRep(new CreateCustomer.Command("Orchard"));
            var contact = await scene.AsRep(new AddContact.Command(customer.Id, "Ada"));
            return () => scene.AsRep(new UpdateContact.Command(customer.Id, contact.Id, contact.Version, "Ada", null, null, true));
        }
        ),
        ["a product is made"] = ("product Added", Now(scene => scene.Product())),
        ["a product is changed"] = ("product Changed", async scene =>
        {
            var product = await scene.Product();
            return () => scene.AsAdmin(new SaveProduct.Command(product, 1, $"Meter {Guid.NewGuid()}", 13, "EUR"));
        }
        ),
        ["a user is invited"] = ("user Added",
            Now(scene => scene.AsAdmin(new InviteUser.Command($"{Guid.NewGuid():N}@test.example", "New", Role.Rep)))),
        ["a user is changed"] = ("user Changed",
            Now(scene => scene.AsAdmin(new ChangeUser.Command(scene.Rep, "Other", $"{Guid.NewGuid():N}@test.example", Role.Rep, null)))),
        ["a profile is changed"] = ("user Changed", Now(scene => scene.AsRep(new ChangeProfile.Command(Theme: "dark")))),
        ["a user is disabled and their deals are handed over"] = ("deal Changed, deal Changed, user Changed", async scene =>
        {
            await scene.Deal();
            await scene.Deal();
            return () => scene.AsAdmin(new DisableUser.Command(scene.Rep, scene.Other));
        }
        ),
        ["deals are handed over"] = ("deal Changed, deal Changed", async scene =>
        {
            await scene.Deal();
            await scene.Deal();
            return () => scene.AsAdmin(new ReassignDeals.Command(scene.Rep, scene.Other));
        }
        ),
        ["a team is made"] = ("team Added", Now(scene => scene.AsAdmin(new CreateTeam.Command($"Team {Guid.NewGuid()}")))),
        ["a team is changed"] = ("team Changed",
            OnTeam((scene, team) => scene.AsAdmin(new ChangeTeam.Command(team, $"Team {Guid.NewGuid()}", null, 1)))),
        ["a team is deleted"] = ("team Removed", OnTeam((scene, team) => scene.AsAdmin(new DeleteTeam.Command(team)))),
        ["a token is made"] = ("apiToken Added", Now(scene => scene.AsRep(new CreateApiToken.Command("Script")))),
        ["a token is revoked"] = ("apiToken Changed", async scene =>
        {
            var token = await scene.AsRep(new CreateApiToken.Command("Script"));
            return () => scene.AsRep(new RevokeApiToken.Command(token.Id));
        }
        ),
        ["the settings are changed"] = ("settings Changed",
            Now(scene => scene.AsAdmin(new ChangeSettings.Command($"{Guid.NewGuid()}", "UTC", "USD", true)))),
        ["rules are published, and the draft follows"] = ("ruleDraft Changed, ruleSet Added", async scene =>
        {
            await scene.SaveDraft();
            return () => scene.AsAdmin(new PublishRules.Command("Published"));
        }
        ),
        ["a draft of rules is saved"] = ("ruleDraft Changed", async scene =>
        {
            await scene.SaveDraft();
            return scene.SaveDraft;
        }
        ),
        ["a code is changed"] = ("code Changed",
            Now(scene => scene.Sql("update codes set name_en = name_en || '.' where kind = 'loss' and code = 'price'"))),
        ["a stage is changed"] = ("stage Changed",
            Now(scene => scene.Sql("update stages set probability = probability + 1 where stage = 1"))),

        // Nobody sees any of this.
        ["a token is used"] = ("", Now(scene => scene.Sql("update api_tokens set last_used_at = now()"))),
        ["a password is wrong"] = ("", Now(scene => scene.Sql("update users set access_failed_count = access_failed_count + 1"))),
        ["a row is written as it is"] = ("", Now(scene => scene.Sql("update customers set name = name"))),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task One_row_for_each_thing_that_a_write_changes(string name)
    {
        var (rows, prepare) = Cases[name];
        var scene = await OutboxActors.Make(crm);
        var write = await prepare(scene);
        var lines = await crm.Appended(write);
        Assert.Equal(rows, string.Join(", ", lines.Select(line => line.ToString()).Order(StringComparer.Ordinal)));
        Assert.True(lines.Select(line => line.Write).Distinct().Count() <= 1, "Not all of it is one write.");
        Assert.All(lines.Where(line => OfDeals.Contains(line.Subject)), line => Assert.True(
            line.Deal is not null && line.Customer is not null && (line.Owner == scene.Rep.Value || line.OwnerBefore == scene.Rep.Value),
            $"{line}: whose is it?"));
        Assert.All(lines.Where(line => line.Subject is ChangeSubjects.Customer or ChangeSubjects.Contact),
            line => Assert.NotNull(line.Customer));
    }

    [Fact]
    public void Every_subject_is_written_by_a_case()
    {
        var told = Cases.Values.SelectMany(one => one.Rows.Split(", ", StringSplitOptions.RemoveEmptyEntries))
            .Select(row => row.Split(' ')[0]).Distinct();
        Assert.Equal(typeof(ChangeSubjects).GetFields().Select(field => (string)field.GetValue(null)!).Order(StringComparer.Ordinal),
            told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_change_of_hands_tells_both_owners_and_the_version_it_made()
    {
        var scene = await OutboxActors.Make(crm);
        var (deal, beside) = (await scene.Deal(), await scene.Deal());
        var line = Assert.Single(await crm.Appended(() => scene.AsAdmin(new ReassignDeals.Command(scene.Rep, scene.Other, [deal.Id]))));
        Assert.Equal((deal.Id.Value, scene.Rep.Value, scene.Other.Value, deal.Version + 1),
            (line.Deal!.Value, line.OwnerBefore!.Value, line.Owner!.Value, line.Version!.Value));

        line = Assert.Single(await crm.Appended(() => scene.AsAdmin(new ReorderDeal.Command(deal.Id, null, beside.Id))));
        Assert.Equal((deal.Id.Value, scene.Other.Value, scene.Other.Value, deal.Version + 1),
            (line.Deal!.Value, line.OwnerBefore!.Value, line.Owner!.Value, line.Version!.Value));
    }

    [Fact]
    public async Task Written_again_in_one_transaction_a_thing_has_one_row_with_the_sum_of_both()
    {
        var scene = await OutboxActors.Make(crm);
        var deal = await scene.Deal();
        var (made, gone) = (TeamId.New(), TeamId.New());
        var lines = await crm.Appended(() => scene.Sql($"""
            update deals set rank = rank || 'a' where id = '{deal.Id}';
            update deals set owner_id = '{scene.Other}', version = version + 1 where id = '{deal.Id}';
            insert into history (entity, entity_id, field, after, channel, deal_id) values ('deal', '{deal.Id}', 'ownerId', to_jsonb('{scene.Other}'::text), 2, '{deal.Id}');
            update deals set rank = rank || 'a' where id = '{deal.Id}';
            insert into teams (id, name, created_at) values ('{made}', '{made}', now()), ('{gone}', '{gone}', now());
            update teams set name = name || '.' where id in ('{made}', '{gone}');
            delete from teams where id = '{gone}'
            """));
        Assert.Equal("deal Changed, team Added, team Removed",
            string.Join(", ", lines.Select(line => line.ToString()).Order(StringComparer.Ordinal)));
        var written = lines.Single(line => line.Subject == ChangeSubjects.Deal);
        Assert.Equal((scene.Rep.Value, scene.Other.Value, deal.Version + 1),
            (written.OwnerBefore!.Value, written.Owner!.Value, written.Version!.Value));
    }

    private static Func<OutboxActors, Task<Func<Task>>> Now(Func<OutboxActors, Task> write) => scene => Task.FromResult(() => write(scene));

    private static Func<OutboxActors, Task<Func<Task>>> OnDeal(Func<OutboxActors, DealView, Task> write) => async scene =>
    {
        var deal = await scene.Deal();
        return () => write(scene, deal);
    };

    private static Func<OutboxActors, Task<Func<Task>>> OnCustomer(Func<OutboxActors, CustomerView, Task> write) => async scene =>
    {
        var customer = await scene.AsRep(new CreateCustomer.Command("Orchard"));
        return () => write(scene, customer);
    };

    private static Func<OutboxActors, Task<Func<Task>>> OnTeam(Func<OutboxActors, TeamId, Task> write) => async scene =>
    {
        var team = await scene.AsAdmin(new CreateTeam.Command($"Team {Guid.NewGuid()}"));
        return () => write(scene, team);
    };
}
