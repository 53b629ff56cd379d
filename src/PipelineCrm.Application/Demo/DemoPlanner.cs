namespace PipelineCrm.Demo;

/// <summary>Makes up eighteen months of a small sales organisation, ending on the eve of a day.</summary>
internal sealed class DemoPlanner
{
    public const int Months = 18;
    public const int DealCount = 1500;

    private readonly Random _random;
    private readonly DemoData _cast;
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
        _cast = DemoData.Of(_random);
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
            DemoData.Teams, _cast.People, DemoData.Products, _cast.Clients, _deals, _begins.AddDays(-1),
            [.. _steps.Select((step, order) => (step, order)).OrderBy(one => one.step.At).ThenBy(one => one.order).Select(one => one.step)]);
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
        var stage = _random.Next(4) == 0 ? Domain.Stage.Consideration : Domain.Stage.Awareness;
        var source = DemoData.Sources[_random.Next(DemoData.Sources.Length)];
        _steps.Add(new DealStep(at, rep, deal.Number, customer, deal.Title, stage, source, _random.Next(3) == 0 ? deal.Amount : null, deal.Currency));
        Follow(deal, at, stage);
    }

    private void Follow(DemoDeal deal, DateTimeOffset at, Domain.Stage stage)
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
        var refers = opening.Kind == Domain.MoveKind.Refer;
        if (refers && _referred == DemoData.Referred)
        {
            return;
        }

        var customer = refers ? DemoData.Customers - DemoData.WithoutDeal - DemoData.Referred + _referred++ : source.Customer;
        var deal = NewDeal(customer, source.Rep);
        _steps.Add(new MoveStep(opening.At, source.Rep, source.Number, opening.Kind, refers ? Domain.Place.Awareness : Domain.Place.Consideration)
        {
            Opens = deal.Number,
            Customer = refers ? customer : null,
            Title = deal.Title,
        });
        Follow(deal, opening.At, refers ? Domain.Stage.Awareness : Domain.Stage.Consideration);
    }

    private DemoDeal NewDeal(int customer, int rep)
    {
        var product = _random.Next(DemoData.Products.Count);
        var quantity = 1 + _random.Next(DemoData.Products[product].Price > 2000 ? 4 : 30);
        var chinese = _cast.Clients[customer].Chinese;
        var currency = _random.Next(12) != 0 ? "USD" : chinese ? "CNY" : "EUR";
        var price = decimal.Round(DemoData.Products[product].Price * (currency == "CNY" ? 7m : 1m), 2);
        return new DemoDeal(_deals++, customer, rep, product, quantity, price, currency, $"{DemoData.Products[product].Name} × {quantity}", chinese);
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
                : (AtWork(_begins.AddDays(_random.NextDouble() * ((_ends - _begins).TotalDays - 7))), DemoData.Rep(_random.Next(DemoData.Reps)));
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
internal sealed record DemoDeal(int Number, int Customer, int Rep, int Product, int Quantity, decimal Price, string Currency, string Title, bool Chinese)
{
    public decimal Amount => Price * Quantity;
}

/// <summary>A deal that another one leads to.</summary>
internal sealed record DemoDealStart(DateTimeOffset At, Domain.MoveKind Kind);
