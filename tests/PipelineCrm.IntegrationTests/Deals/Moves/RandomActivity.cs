using PipelineCrm.Access;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Products;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>A few deals that people write, move, quote, hand over and archive at random.</summary>
internal sealed class RandomActivity(CrmFixture crm, Random random)
{
    private UserId[] _reps = [];
    private ProductId _product;

    public UserId Admin { get; private set; }

    public List<DealId> Deals { get; } = [];

    /// <summary>How often each kind of step was accepted.</summary>
    public Dictionary<string, int> Done { get; } = [];

    public async Task Start()
    {
        Admin = await crm.User(Role.Admin);
        _reps = [await crm.User(Role.Rep), await crm.User(Role.Rep)];
        _product = (await crm.Ok(new SaveProduct.Command(null, 0, $"Meter {Guid.NewGuid()}", 12, "EUR"), Admin.As())).Id;
        for (var i = 0; i < 4; i++)
        {
            Deals.Add((await crm.NewDeal(_reps[i % 2])).Id);
        }
    }

    public async Task Step()
    {
        var deal = await crm.Get(Deals[random.Next(Deals.Count)], Admin);
        switch (random.Next(9))
        {
            case 0 or 1:
                await Try("update", new UpdateDeal.Command(deal.Id, deal.Version, Fields()));
                break;
            case 2:
                await Try("quote", new AddQuote.Command(deal.Id,
                    [.. Enumerable.Range(1, random.Next(1, 4)).Select(n => new AddQuote.Line(_product, n, n, n))], null, Currency()));
                break;
            case 3:
                await Try("payment", new AddPayment.Command(deal.Id, random.Next(1, 9999), Currency(), PaymentMethod.Card));
                break;
            case 4:
                await Try("hand over", new ReassignDeals.Command(deal.OwnerId, _reps.First(rep => rep != deal.OwnerId), [deal.Id]));
                break;
            case 5:
                await (deal.ArchivedAt is null && random.Next(3) == 0 ? Try("archive", new ArchiveDeal.Command(deal.Id, deal.Version))
                    : Try("restore", new RestoreDeal.Command(deal.Id, deal.Version)));
                break;
            case 6:
                var last = await crm.Ask<long>("select id from transitions where deal_id = $1 and kind <> 10 order by seq desc limit 1",
                    deal.Id.Value);
                await (deal.Stage > Stage.Awareness || deal.Outcome != Outcome.Open ? Try("undo", new UndoTransition.Command(last,
                    FactCatalog.BuiltIn.OfDeal.ToDictionary(fact => fact.Key, _ => UndoChoice.Restore))) : Task.CompletedTask);
                break;
            case 7:
                await Try("close", deal.Outcome == Outcome.Open ? deal.Lose() : deal.Move(MoveKind.Reopen));
                break;
            default:
                await Try("move", deal.Move(MoveKind.Advance) with { Fields = Fields() });
                break;
        }
    }

    private MoveFields Fields() => new()
    {
        Amount = (decimal)random.Next(1, 50),
        Currency = Currency(),
        ExpectedClose = random.Next(2) == 0 ? new DateOnly(2031, 5, random.Next(1, 28)) : default(DateOnly?),
        Title = $"Title {random.Next(3)}",
    };

    private string Currency() => random.Next(2) == 0 ? "EUR" : "USD";

    private async Task Try<T>(string what, IRequest<T> request)
    {
        var sent = await crm.Door.Send(request, Admin.As(), TestContext.Current.CancellationToken);
        Done[what] = Done.GetValueOrDefault(what) + (sent.Ok ? 1 : 0);
    }
}
