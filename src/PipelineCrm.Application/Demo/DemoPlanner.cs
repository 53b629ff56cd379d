using System.Globalization;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Demo;

/// <summary>Makes up eighteen months of a small sales organisation, ending on the eve of a day.</summary>
internal sealed class DemoPlanner
{
    public const int Months = 18;
    public const int DealCount = 1500;

    private readonly Random _random;
    private readonly bool _chinese;
    private readonly DemoGoods _goods;
    private readonly DemoData _cast;
    private readonly DateTimeOffset _begins;
    private readonly DateTimeOffset _ends;
    private readonly List<DemoStep> _steps = [];
    private readonly Dictionary<int, (DateTimeOffset At, int By)> _met = [];
    private int _deals;
    private int _referred;

    private DemoPlanner(DateOnly day, int seed, bool chinese)
    {
        (_chinese, _goods) = (chinese, DemoGoods.Of(chinese));
        _random = new Random(seed);
        _ends = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        _begins = _ends.AddMonths(-Months);
        _cast = DemoData.Of(_random, chinese);
    }

    /// <param name="chinese">Written in Chinese, else in English.</param>
    public static DemoPlan Make(DateOnly day, int seed, bool chinese = false) => new DemoPlanner(day, seed, chinese).Make();

    private DemoPlan Make()
    {
        Showcase();
        var primary = 0;
        while (_deals < DealCount)
        {
            Primary(primary++);
        }

        Meet();
        return new DemoPlan(
            _goods.Teams, _cast.People, _goods.Products, _cast.Clients, _deals, _begins.AddDays(-1),
            [.. _steps.Select((step, order) => (step, order)).OrderBy(one => one.step.At).ThenBy(one => one.order).Select(one => one.step)])
        {
            Goods = _goods,
            Chinese = _chinese,
        };
    }

    private void Primary(int number)
    {
        const int pool = DemoData.Customers - DemoData.Referred - DemoData.WithoutDeal;
        var customer = number < pool ? number : _random.Next(pool);
        var rep = DemoData.Rep(_random.Next(DemoData.Reps));
        var at = AtWork(_begins.AddDays(Math.Pow(_random.NextDouble(), 0.9) * ((_ends - _begins).TotalDays - 1)));
        if (at >= _ends)
        {
            return;
        }

        var deal = NewDeal(customer, rep);
        var stage = _random.Next(4) == 0 ? Stage.Consideration : Stage.Awareness;
        var source = DemoData.Sources[_random.Next(DemoData.Sources.Length)];
        _steps.Add(new DealStep(at, rep, deal.Number, customer, deal.Title, stage, source, _random.Next(3) == 0 ? deal.Amount : null,
            deal.Currency));
        Follow(deal, at, stage);
    }

    private void Follow(DemoDeal deal, DateTimeOffset at, Stage stage)
    {
        Meets(deal.Customer, at, deal.Rep);
        var life = new DealSimulation(_random, deal, _ends);
        life.Run(at, stage);
        _steps.AddRange(life.Steps);
        foreach (var next in life.Openings.Where(_ => _deals < DealCount))
        {
            Open(deal, next);
        }
    }

    /// <summary>A repurchase of the same customer, or a referral to one who was not known before.</summary>
    private void Open(DemoDeal source, DemoDealStart opening)
    {
        var refers = opening.Kind == MoveKind.Refer;
        if (refers && _referred == DemoData.Referred)
        {
            return;
        }

        var customer = refers ? DemoData.Customers - DemoData.WithoutDeal - DemoData.Referred + _referred++ : source.Customer;
        var deal = NewDeal(customer, source.Rep);
        _steps.Add(new MoveStep(opening.At, source.Rep, source.Number, opening.Kind, refers ? Place.Awareness : Place.Consideration)
        {
            Opens = deal.Number,
            Customer = refers ? customer : null,
            Fields = new MoveFields { [FieldKey.Title] = deal.Title },
        });
        Follow(deal, opening.At, refers ? Stage.Awareness : Stage.Consideration);
    }

    private DemoDeal NewDeal(int customer, int rep)
    {
        var product = _random.Next(_goods.Products.Count);
        var (_, listed, title) = _goods.Products[product];
        var other = _random.Next(12) == 0;
        var price = decimal.Round(listed * (other ? _goods.OtherRate : 1m), 2);
        var quantity = 1 + _random.Next(listed > 25 * _goods.Products[0].Price ? 4 : 30);
        return new DemoDeal(
            _deals++, customer, rep, product, quantity, price, other ? _goods.OtherCurrency : _goods.Currency,
            string.Format(CultureInfo.InvariantCulture, title, _goods.Places[_random.Next(_goods.Places.Count)]), _chinese);
    }

    /// <summary>Two deals of the demo's rep that show what a board is full of sooner or later: a rule that was overridden, and one that
    /// held.</summary>
    private void Showcase()
    {
        var (rep, manager) = (DemoData.Rep(0), DemoData.ManagerOf(DemoData.Rep(0)));
        var paid = Shown(0, 24);
        Decide(paid, 17);
        _steps.Add(new QuoteStep(Ago(14), rep, paid.Number, paid.Product, paid.Quantity, paid.Price, 0, paid.Currency));
        _steps.Add(new MoveStep(Ago(12), rep, paid.Number, MoveKind.Advance, Place.Purchase));
        _steps.Add(new PaymentStep(Ago(6), rep, paid.Number, decimal.Round(paid.Amount / 2, 2), paid.Currency, PaymentMethod.Transfer));
        _steps.Add(new MoveStep(Ago(3), manager, paid.Number, MoveKind.Advance, Place.PostPurchase) { Overrides = true });

        var refused = Shown(1, 13);
        Decide(refused, 6);
        _steps.Add(new MoveStep(Ago(2), rep, refused.Number, MoveKind.Advance, Place.Purchase));

        DemoDeal Shown(int customer, int days)
        {
            var deal = NewDeal(customer, rep);
            _steps.Add(new DealStep(Ago(days), rep, deal.Number, customer, deal.Title, Stage.Consideration, "website", null,
                deal.Currency));
            Meets(customer, Ago(days), rep);
            return deal;
        }

        void Decide(DemoDeal deal, int days) => _steps.Add(new MoveStep(Ago(days), rep, deal.Number, MoveKind.Advance, Place.Decision)
        {
            Fields = new MoveFields
            {
                [FieldKey.Amount] = deal.Amount,
                [FieldKey.Currency] = deal.Currency,
                [FieldKey.ExpectedClose] = DateOnly.FromDateTime(_ends.AddDays(9).DateTime),
            },
        });

        DateTimeOffset Ago(int days) => _ends.AddDays(-days).AddHours(10);
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
        for (var customer = 0; customer < DemoData.Customers; customer++)
        {
            var (first, by) = _met.TryGetValue(customer, out var met)
                ? met
                : (AtWork(_begins.AddDays(_random.NextDouble() * ((_ends - _begins).TotalDays - 7))),
                    DemoData.Rep(_random.Next(DemoData.Reps)));
            _steps.Add(new CustomerStep(first.AddMinutes(-20), by, customer));
            if (_random.Next(5) != 0)
            {
                _steps.Add(new ContactStep(first.AddMinutes(-15), by, customer, _cast.Clients[customer].Contact, DecisionMaker: false));
            }
        }
    }

    private DateTimeOffset AtWork(DateTimeOffset at) => DealSimulation.AtWork(at, _random);
}

/// <param name="Price">Of one, in the deal's currency.</param>
internal sealed record DemoDeal(int Number, int Customer, int Rep, int Product, int Quantity, decimal Price, string Currency, string Title,
    bool Chinese)
{
    public decimal Amount => Price * Quantity;
}

/// <summary>A deal that another one leads to.</summary>
internal sealed record DemoDealStart(DateTimeOffset At, MoveKind Kind);
