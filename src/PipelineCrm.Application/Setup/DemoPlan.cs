using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Setup;

/// <summary>Everything that will have happened in the demo, in the order of time. The same day and seed give the same plan.</summary>
internal sealed record DemoPlan(
    IReadOnlyList<string> Teams,
    IReadOnlyList<DemoPerson> People,
    IReadOnlyList<DemoProduct> Products,
    IReadOnlyList<DemoCustomer> Customers,
    int Deals,
    DateTimeOffset Begins,
    IReadOnlyList<DemoStep> Steps)
{
    public required DemoGoods Goods { get; init; }

    /// <summary>Written in Chinese, else in English.</summary>
    public required bool Chinese { get; init; }
}

/// <param name="Team">Its place among the teams; null for none.</param>
internal sealed record DemoPerson(string Email, string Name, Role Role, int? Team, string Language);

/// <param name="Title">What a deal about it is called; the placeholder is where it goes.</param>
internal sealed record DemoProduct(string Name, decimal Price, string Title);

internal sealed record DemoCustomer(string Name, CustomerType Type, string Email, string? Phone, string Source, string Contact);

/// <summary>One thing that somebody does. People, customers, products and deals are named by their place in the plan.</summary>
/// <param name="By">Who does it.</param>
internal abstract record DemoStep(DateTimeOffset At, int By);

internal sealed record MakeCustomer(DateTimeOffset At, int By, int Customer) : DemoStep(At, By);

internal sealed record MakeContact(DateTimeOffset At, int By, int Customer, string Name, bool DecisionMaker) : DemoStep(At, By);

internal sealed record OpenDeal(DateTimeOffset At, int By, int Deal, int Customer, string Title, Stage Stage, string Source, decimal? Amount, string Currency) : DemoStep(At, By);

internal sealed record MakeQuote(DateTimeOffset At, int By, int Deal, int Product, decimal Quantity, decimal Price, decimal Discount, string Currency) : DemoStep(At, By);

internal sealed record MakePayment(DateTimeOffset At, int By, int Deal, decimal Amount, string Currency, PaymentMethod Method) : DemoStep(At, By);

internal sealed record MakeMove(DateTimeOffset At, int By, int Deal, MoveKind Kind, Place? To) : DemoStep(At, By)
{
    public MoveFields Fields { get; init; } = MoveFields.None;

    public string? ReasonCode { get; init; }

    public string? ReasonText { get; init; }

    public bool Overrides { get; init; }

    /// <summary>The deal that repurchase and refer open.</summary>
    public int? Opens { get; init; }

    /// <summary>For refer: whom the new deal is for.</summary>
    public int? Customer { get; init; }
}

/// <summary>Takes the deal's last move back.</summary>
internal sealed record TakeBack(DateTimeOffset At, int By, int Deal) : DemoStep(At, By);
