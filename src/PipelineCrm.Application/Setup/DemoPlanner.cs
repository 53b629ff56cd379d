using PipelineCrm.Deals;
using PipelineCrm.Domain;
namespace PipelineCrm.Setup;

/// <summary>Makes up eighteen months of a small sales organisation, ending on the eve of a day.</summary>
internal sealed class DemoPlanner
{
    public const int Months = 18;
    public const int DealCount = 1500;

    private readonly Random _random;
    private readonly DemoCast _cast;
    private readonly DateTimeOffset _begins;
    private readonly DateTimeOffset _ends;
    private readonly List<DemoStep> _steps = [];
    private readonly Dictionary<int, (DateTimeOffset At, int By)> _met = [];
    private int _deals;
    private int _referred;

    private DemoPlanner(DateOnly day, int seed)
    {
        _random = new Random(seed);
        _ends = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        _begins = _ends.AddMonths(-Months);
        _cast = DemoCast.Of(_random);
    }

    public static DemoPlan Make(DateOnly day, int seed) => new DemoPlanner(day, seed).Make();

    private DemoPlan Make()
    {
        var primary = 0;
        while (_deals < DealCount)
        {
            Primary(primary++);
        }

        Meet();
        return new DemoPlan(
            DemoCast.Teams, _cast.People, DemoCast.Products, _cast.Clients, _deals, _begins.AddDays(-1),
            [.. _steps.Select((step, order) => (step, order)).OrderBy(one => one.step.At).ThenBy(one => one.order).Select(one => one.step)]);
    }

    private void Primary(int number)
    {
        const int pool = DemoCast.Customers - DemoCast.Referred - DemoCast.WithoutDeal;
        var customer = number < pool ? number : _random.Next(pool);
        var rep = DemoCast.Rep(_random.Next(DemoCast.Reps));
        var at = AtWork(_begins.AddDays(Math.Pow(_random.NextDouble(), 0.9) * ((_ends - _begins).TotalDays - 1)));
        if (at >= _ends)
        {
            return;
        }

        var deal = NewDeal(customer, rep);
        var stage = _random.Next(4) == 0 ? Domain.Stage.Consideration : Domain.Stage.Awareness;
        var source = DemoCast.Sources[_random.Next(DemoCast.Sources.Length)];
        _steps.Add(new OpenDeal(at, rep, deal.Number, customer, deal.Title, stage, source, _random.Next(3) == 0 ? deal.Amount : null, deal.Currency));
        Follow(deal, at, stage);
    }

    private void Follow(DemoDeal deal, DateTimeOffset at, Domain.Stage stage)
    {
        Meets(deal.Customer, at, deal.Rep);
        var life = new DemoLife(_random, deal, _ends);
        life.Run(at, stage);
        _steps.AddRange(life.Steps);
        foreach (var next in life.Openings.Where(_ => _deals < DealCount))
        {
            Open(deal, next);
        }
    }

    /// <summary>A repurchase of the same customer, or a referral to one who was not known before.</summary>
    private void Open(DemoDeal source, DemoOpening opening)
    {
        var refers = opening.Kind == Domain.MoveKind.Refer;
        if (refers && _referred == DemoCast.Referred)
        {
            return;
        }

        var customer = refers ? DemoCast.Customers - DemoCast.WithoutDeal - DemoCast.Referred + _referred++ : source.Customer;
        var deal = NewDeal(customer, source.Rep);
        _steps.Add(new MakeMove(opening.At, source.Rep, source.Number, opening.Kind, refers ? Domain.Place.Awareness : Domain.Place.Consideration)
        {
            Opens = deal.Number,
            Customer = refers ? customer : null,
            Fields = new MoveFields { [FieldKey.Title] = deal.Title },
        });
        Follow(deal, opening.At, refers ? Domain.Stage.Awareness : Domain.Stage.Consideration);
    }

    private DemoDeal NewDeal(int customer, int rep)
    {
        var product = _random.Next(DemoCast.Products.Count);
        var quantity = 1 + _random.Next(DemoCast.Products[product].Price > 2000 ? 4 : 30);
        var chinese = _cast.Clients[customer].Chinese;
        var currency = _random.Next(12) != 0 ? "USD" : chinese ? "CNY" : "EUR";
        var price = decimal.Round(DemoCast.Products[product].Price * (currency == "CNY" ? 7m : 1m), 2);
        return new DemoDeal(_deals++, customer, rep, product, quantity, price, currency, $"{DemoCast.Products[product].Name} × {quantity}", chinese);
    }

    private void Meets(int customer, DateTimeOffset at, int by)
    {
        if (!_met.TryGetValue(customer, out var first) || at < first.At)
        {
            _met[customer] = (at, by);
        }
    }

    /// <summary>A customer is written down shortly before the first deal; some never come to one.</summary>
    private void Meet()
    {
        for (var customer = 0; customer < DemoCast.Customers; customer++)
        {
            var (first, by) = _met.TryGetValue(customer, out var met)
                ? met
                : (AtWork(_begins.AddDays(_random.NextDouble() * ((_ends - _begins).TotalDays - 7))), DemoCast.Rep(_random.Next(DemoCast.Reps)));
            _steps.Add(new MakeCustomer(first.AddMinutes(-20), by, customer));
            if (_random.Next(5) != 0)
            {
                _steps.Add(new MakeContact(first.AddMinutes(-15), by, customer, _cast.Clients[customer].Contact, DecisionMaker: false));
            }
        }
    }

    private DateTimeOffset AtWork(DateTimeOffset at) => DemoLife.AtWork(at, _random);
}

/// <param name="Price">Of one, in the deal's currency.</param>
internal sealed record DemoDeal(int Number, int Customer, int Rep, int Product, int Quantity, decimal Price, string Currency, string Title, bool Chinese)
{
    public decimal Amount => Price * Quantity;
}

/// <summary>A deal that another one leads to.</summary>
internal sealed record DemoOpening(DateTimeOffset At, Domain.MoveKind Kind);
