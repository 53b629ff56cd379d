using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Customers;
using PipelineCrm.CustomFields;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;
using PipelineCrm.Products;

namespace PipelineCrm.IntegrationTests.Facts;

/// <summary>Random deals and customers, with a custom field of every type on both, written through the use-case sender.</summary>
public sealed class FactWorld(TestCluster cluster) : CrmFixture(cluster), IAsyncLifetime
{
    public const int Deals = 90;

    private const int Customers = 45;

    private readonly Random _random = new(20261130);
    private readonly List<UserId> _people = [];

    public UserId Admin { get; private set; }

    public IReadOnlyList<string> People => [.. _people.Select(user => user.ToString())];

    /// <summary>The facts there are.</summary>
    internal FactCatalog Catalog { get; private set; } = FactCatalog.BuiltIn;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        Admin = await User(Role.Admin);
        _people.AddRange([Admin, await User(Role.Rep), await User(Role.Manager)]);
        foreach (var (type, i) in CustomField.Types.Select((type, i) => (type, i)))
        {
            foreach (var subject in Enum.GetValues<FactSubject>())
            {
                await this.Ok(
                    new AddCustomField.Command(subject, $"{subject}_{type}".ToLowerInvariant(), type, ($"{subject} {type}", $"字段{i}"),
                        FactSamples.ChoicesOf(type)), Admin.As());
            }
        }

        Catalog = await WithFacts((catalog, _, _) => Task.FromResult(catalog));
        var customers = new List<CustomerId>();
        for (var i = 0; i < Customers; i++)
        {
            customers.Add((await this.Ok(new CreateCustomer.Command(Filled(new CustomerFields(), FactSubject.Customer)), Admin.As())).Id);
            if (_random.Next(2) == 0)
            {
                await this.Ok(new AddContact.Command(customers[^1], "Contact", DecisionMaker: _random.Next(2) == 0), Admin.As());
            }
        }

        for (var i = 0; i < Deals; i++)
        {
            await Live(customers[_random.Next(customers.Count)]);
        }
    }

    /// <summary>A value of every fact that people write of the subject, or none; what it must have it has.</summary>
    public T Filled<T>(T fields, FactSubject subject) where T : SubmittedFieldValues
    {
        foreach (var fact in Catalog.Content(subject).Where(fact => fact.Writable && (fact.Required || _random.Next(3) > 0)))
        {
            if (FactSamples.Written(fact, _random, People) is { } value)
            {
                fields.And(fact.Field, value);
            }
        }

        return fields;
    }

    /// <summary>The facts that a decision would look at, of each deal.</summary>
    internal Task<IReadOnlyDictionary<DealId, DealFacts>> InMemory() => WithFacts(async (catalog, db, actor) =>
    {
        var ids = new List<DealId>();
        await new SqlBatch(db.Connection).Query("select id from deals where not void and archived_at is null",
            row => ids.Add(new DealId(row.GetGuid(0)))).Run(DealSteps.Ct);
        var facts = new Dictionary<DealId, DealFacts>();
        foreach (var id in ids)
        {
            facts[id] = await Of(id, catalog, db, actor);
        }

        return (IReadOnlyDictionary<DealId, DealFacts>)facts;
    });

    /// <summary>The facts that a decision would look at, of one deal.</summary>
    internal Task<DealFacts> InMemory(DealId id) => WithFacts((catalog, db, actor) => Of(id, catalog, db, actor));

    /// <summary>All that is known of a customer, by the keys of the facts.</summary>
    internal Task<IReadOnlyDictionary<string, Fact>> OfCustomer(CustomerId id) => WithFacts(async (catalog, db, actor) =>
    {
        CustomerSnapshot? customer = null;
        var batch = new SqlBatch(db.Connection);
        CustomerSnapshot.AddTo(batch, id, null, actor, null, catalog, found => customer = found);
        await batch.Run(DealSteps.Ct);
        return customer!.AllFacts(catalog);
    });

    private static async Task<DealFacts> Of(DealId id, FactCatalog catalog, CrmDbContext db, Actor actor)
    {
        (DealSnapshot? deal, CustomerSnapshot? customer) = (null, null);
        var batch = new SqlBatch(db.Connection);
        DealSnapshot.AddTo(batch, id, actor, null, catalog, found => deal = found);
        CustomerSnapshot.AddTo(batch, null, id, actor, null, catalog, found => customer = found);
        await batch.Run(DealSteps.Ct);
        var now = TimeProvider.System.GetUtcNow();
        return FactBuilder.OfDeal(deal!.Deal, deal.Facts, customer!.AllFacts(catalog), catalog, actor.Organisation.DayOf(now), now);
    }

    private async Task<T> WithFacts<T>(Func<FactCatalog, CrmDbContext, Actor, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        var actor = await scope.ServiceProvider.GetRequiredService<ActorLoader>().Load(Admin.As(), DealSteps.Ct);
        var catalog = await scope.ServiceProvider.GetRequiredService<CurrentFactCatalog>().Load(DealSteps.Ct);
        return await work(catalog, scope.ServiceProvider.GetRequiredService<CrmDbContext>(), actor);
    }

    /// <summary>Opens a deal, moves it some way, gives it quotes and payments.</summary>
    private async Task Live(CustomerId customer)
    {
        var opened =
            await Door.Send(new CreateDeal.Command(customer, Filled(new MoveFields(), FactSubject.Deal)), Admin.As(), DealSteps.Ct);
        Assert.True(opened.Ok, JsonSerializer.Serialize(opened.Problem, WireNames.Json));
        var deal = opened.Value;
        if (_random.Next(3) == 0)
        {
            var product = await this.Ok(new SaveProduct.Command(null, 0, $"Boat {Guid.NewGuid()}", 10m, "USD"), Admin.As());
            await this.Ok(new AddQuote.Command(deal.Id, [new AddQuote.Line(product.Id, 1, 10m, _random.Next(3) * 5)],
                FactSamples.Day(_random)), Admin.As());
        }

        if (_random.Next(3) == 0)
        {
            var payment = await this.Ok(
                new AddPayment.Command(deal.Id, 30m, _random.Next(3) == 0 ? "EUR" : deal.Currency ?? "USD", PaymentMethod.Card,
                    FactSamples.Day(_random)), Admin.As());
            if (_random.Next(4) == 0)
            {
                await this.Ok(new WithdrawPayment.Command(deal.Id, payment.Id, payment.Version), Admin.As());
            }
        }

        if (_random.Next(2) == 0)
        {
            // What the rules refuse stays where it is.
            var moved = await Door.Send((await this.Get(deal.Id, Admin)).Move(MoveKind.Advance), Admin.As(), DealSteps.Ct);
            if (moved.Ok && _random.Next(3) == 0)
            {
                await this.Ok(moved.Value.Deal.Lose(), Admin.As());
            }
        }
    }
}
