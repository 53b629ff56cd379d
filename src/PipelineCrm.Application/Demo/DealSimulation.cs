using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Demo;

/// <summary>What happens to one deal until it ends, or until the demo's last day.</summary>
internal sealed class DealSimulation(Random random, DemoDeal deal, DateTimeOffset ends)
{
    private static readonly string[] LossReasons = ["price", "price", "competitor", "competitor", "no-budget", "no-need", "no-reply",
        "no-reply", "postponed", "product-fit"];

    /// <summary>How many days a deal may stay, by the rules that ship.</summary>
    private static readonly Dictionary<Stage, int> Limits = Stages.All.ToDictionary(stage => stage,
        stage => DefaultRules.Create().Of(stage).MaxDays!.Value);

    private readonly int _manager = DemoData.ManagerOf(deal.Rep);
    private bool _wentBack;
    private bool _reopened;
    private bool _undone;
    private bool _overridden;
    private bool _paid;

    public List<DemoStep> Steps { get; } = [];

    public List<DemoDealStart> Openings { get; } = [];

    /// <summary>People work on weekdays, from eight to five.</summary>
    public static DateTimeOffset AtWork(DateTimeOffset at, Random random)
    {
        var day = at.Date.AddDays(at.DayOfWeek switch { DayOfWeek.Saturday => 2, DayOfWeek.Sunday => 1, _ => 0 });
        return new DateTimeOffset(day, TimeSpan.Zero).AddMinutes(8 * 60 + random.Next(9 * 60));
    }

    public void Run(DateTimeOffset at, Stage stage)
    {
        Stage? now = stage;
        while (now is { } current)
        {
            var (least, most) = current switch
            {
                Stage.Awareness => (1, 13),
                Stage.Consideration => (3, 29),
                Stage.Decision => (3, 20),
                Stage.Purchase => (2, 13),
                Stage.PostPurchase => (12, 56),
            };
            var entered = at;
            at = Later(at, least, most);
            now = at >= ends || Stalls(current, entered) ? null : current switch
            {
                Stage.Awareness => InAwareness(ref at),
                Stage.Consideration => InConsideration(ref at),
                Stage.Decision => InDecision(ref at),
                Stage.Purchase => InPurchase(ref at),
                Stage.PostPurchase => AfterPurchase(at),
            };
        }
    }

    /// <summary>Towards the last day some deals wait for somebody to act: near the end of the stage's time, a few beyond it.</summary>
    private bool Stalls(Stage stage, DateTimeOffset entered) => ((ends - entered).TotalDays / Limits[stage]) switch
    {
        >= 0.8 and < 1 => random.Next(100) < 60,
        >= 1 and < 1.4 => random.Next(100) < 5,
        _ => false,
    };

    private Stage? InAwareness(ref DateTimeOffset at) => random.Next(100) switch
    {
        < 70 => Advance(ref at, Stage.Awareness),
        _ => Lose(ref at, Stage.Awareness),
    };

    private Stage? InConsideration(ref DateTimeOffset at) => random.Next(100) switch
    {
        < 64 => Advance(ref at, Stage.Consideration),
        _ => Lose(ref at, Stage.Consideration),
    };

    private Stage? InDecision(ref DateTimeOffset at)
    {
        var roll = random.Next(100);
        if (roll < 8 && !_wentBack)
        {
            _wentBack = true;
            Steps.Add(new MoveStep(at, deal.Rep, deal.Number, MoveKind.Back,
                Place.Consideration)
            { ReasonText = Say("The requirements have changed.", "客户的需求有变化。") });
            return Stage.Consideration;
        }

        if (roll < 34)
        {
            return Lose(ref at, Stage.Decision);
        }

        if (roll < 39)
        {
            // Tried without a quote: the rules refuse it, and the quote follows.
            Steps.Add(new MoveStep(at.AddMinutes(-50), deal.Rep, deal.Number, MoveKind.Advance, Place.Purchase));
        }

        if (random.Next(100) < 85)
        {
            Steps.Add(new QuoteStep(at.AddMinutes(-40), deal.Rep, deal.Number, deal.Product, deal.Quantity, deal.Price,
                random.Next(4) == 0 ? 5m * random.Next(1, 5) : 0, deal.Currency));
        }
        else
        {
            Steps.Add(new ContactStep(at.AddMinutes(-30), deal.Rep, deal.Customer, Say("Head of purchasing", "采购负责人"),
                DecisionMaker: true));
        }

        return Advance(ref at, Stage.Decision);
    }

    private Stage? InPurchase(ref DateTimeOffset at)
    {
        var roll = random.Next(100);
        if (roll < 4)
        {
            return Lose(ref at, Stage.Purchase);
        }

        if (_paid)
        {
            return Advance(ref at, Stage.Purchase);
        }

        _paid = true;
        var parts = random.Next(3) == 0 ? 2 : 1;
        var first = decimal.Round(deal.Amount / parts, 2);
        Steps.Add(new PaymentStep(at.AddMinutes(-60), deal.Rep, deal.Number, first, deal.Currency, Method()));
        if (parts == 2 && roll < 20)
        {
            _overridden = true;
            Steps.Add(new MoveStep(at, _manager, deal.Number, MoveKind.Advance, Place.PostPurchase) { Overrides = true });
            return Stage.PostPurchase;
        }

        if (parts == 2)
        {
            Steps.Add(new PaymentStep(at.AddMinutes(-20), deal.Rep, deal.Number, deal.Amount - first, deal.Currency, Method()));
        }

        return Advance(ref at, Stage.Purchase);
    }

    private Stage? AfterPurchase(DateTimeOffset at)
    {
        if (random.Next(100) < 22)
        {
            Openings.Add(new DemoDealStart(at.AddMinutes(-45), MoveKind.Repurchase));
        }

        if (random.Next(100) < 12)
        {
            Openings.Add(new DemoDealStart(at.AddMinutes(-30), MoveKind.Refer));
        }

        if (_overridden)
        {
            Steps.Add(new PaymentStep(at.AddMinutes(-10), deal.Rep, deal.Number, deal.Amount - decimal.Round(deal.Amount / 2, 2),
                deal.Currency, Method()));
        }

        Steps.Add(new MoveStep(at, deal.Rep, deal.Number, MoveKind.Complete, Place.Completed));
        return null;
    }

    private Stage? Advance(ref DateTimeOffset at, Stage from)
    {
        var to = from + 1;
        var expected = DateOnly.FromDateTime(at.DateTime).AddDays(6 + random.Next(26));
        Steps.Add(new MoveStep(at, deal.Rep, deal.Number, MoveKind.Advance, to.ToPlace())
        {
            Fields = to != Stage.Decision ? MoveFields.None : new MoveFields
            {
                [FieldKey.Amount] = deal.Amount,
                [FieldKey.Currency] = deal.Currency,
                [FieldKey.ExpectedClose] = expected,
            },
        });
        if (_undone || random.Next(100) >= 4 || at.AddHours(2) >= ends)
        {
            return to;
        }

        _undone = true;
        at = at.AddHours(1);
        Steps.Add(new UndoMove(at, deal.Rep, deal.Number));
        return from;
    }

    /// <returns>Where it goes on if it is reopened.</returns>
    private Stage? Lose(ref DateTimeOffset at, Stage from)
    {
        var reason = from == Stage.Purchase && random.Next(3) == 0 ? "credit-refused" : LossReasons[random.Next(LossReasons.Length)];
        Steps.Add(new MoveStep(at, deal.Rep, deal.Number, MoveKind.Lose, Place.Lost) { ReasonCode = reason });
        if (_reopened || random.Next(100) >= 7)
        {
            return null;
        }

        at = Later(at, 20, 60);
        if (at >= ends)
        {
            return null;
        }

        _reopened = true;
        Steps.Add(new MoveStep(at, deal.Rep, deal.Number, MoveKind.Reopen, from.ToPlace()));
        return from;
    }

    private DateTimeOffset Later(DateTimeOffset at, int least, int most)
    {
        // Most things go fast, some drag on.
        var share = random.NextDouble();
        return AtWork(at.AddDays(least + share * share * (most - least) + 1), random);
    }

    private PaymentMethod Method() => (PaymentMethod)random.Next(1, 7);

    private string Say(string english, string chinese) => deal.Chinese ? chinese : english;
}
