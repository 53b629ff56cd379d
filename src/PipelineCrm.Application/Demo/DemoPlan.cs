using PipelineCrm.Domain;

namespace PipelineCrm.Demo;

/// <summary>Everything that will have happened in the demo, in the order of time. The same day and seed give the same plan.</summary>
internal sealed record DemoPlan(
    IReadOnlyList<string> Teams,
    IReadOnlyList<DemoUser> People,
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
internal sealed record DemoUser(string Email, string Name, Role Role, int? Team, string Language);

/// <param name="Title">What a deal about it is called; the placeholder is where it goes.</param>
internal sealed record DemoProduct(string Name, decimal Price, string Title);

internal sealed record DemoCustomer(string Name, CustomerType Type, string Email, string? Phone, string Source, string Contact);

/// <summary>One thing that somebody does. People, customers, products and deals are named by their place in the plan.</summary>
/// <param name="By">Who does it.</param>
internal abstract record DemoStep(DateTimeOffset At, int By);

internal sealed record CustomerStep(DateTimeOffset At, int By, int Customer) : DemoStep(At, By);

internal sealed record ContactStep(DateTimeOffset At, int By, int Customer, string Name, bool DecisionMaker) : DemoStep(At, By);

internal sealed record DealStep(DateTimeOffset At, int By, int Deal, int Customer, string Title, Stage Stage, string Source,
    decimal? Amount, string Currency) : DemoStep(At, By);

internal sealed record QuoteStep(DateTimeOffset At, int By, int Deal, int Product, decimal Quantity, decimal Price, decimal Discount,
    string Currency) : DemoStep(At, By);

internal sealed record PaymentStep(DateTimeOffset At, int By, int Deal, decimal Amount, string Currency, PaymentMethod Method)
    : DemoStep(At, By);

/// <summary>Takes the deal's last move back.</summary>
internal sealed record UndoMove(DateTimeOffset At, int By, int Deal) : DemoStep(At, By);
