using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Access;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;
using PipelineCrm.Products;

namespace PipelineCrm.Demo;

/// <summary>Does what a plan says, each thing as the person who does it, at its instant.</summary>
internal sealed class DemoWriter(CrmDbContext db, UseCasePipeline pipeline, ActorLoader actors, RequestContext requestContext)
{
    private const string OverrideCode = "agreed-exception";
    private const int StepsPerReport = 100;

    private readonly List<Actor> _people = [];
    private readonly List<ProductId> _products = [];
    private readonly Dictionary<int, CustomerId> _customers = [];

    /// <summary>As the last step left them: nobody else moves them.</summary>
    private readonly Dictionary<int, DealView> _deals = [];
    private readonly Dictionary<int, long> _last = [];
    private int _moves;
    private int _refused;

    public async Task<LoadDemo.Answer> Write(DemoPlan plan, IProgress<double>? progress, CancellationToken ct)
    {
        var organiser = (await actors.Load(Caller.Console, ct)) with { Channel = Channel.Demo };
        requestContext.Actor = organiser;
        requestContext.OccurredAtOverride = plan.Begins;
        await Data(plan, organiser, ct);
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            if (i % StepsPerReport == 0)
            {
                progress?.Report((double)i / plan.Steps.Count);
            }

            requestContext.OccurredAtOverride = plan.Steps[i].At;
            requestContext.Actor = _people[plan.Steps[i].By];
            await db.BeginWrite(ct);
            await Do(plan, plan.Steps[i], ct);
            db.ChangeTracker.Clear();
        }

        await db.BeginWrite(ct);
        // Nobody will send these requests again.
        await db.StoredAnswers.ExecuteDeleteAsync(ct);
        (requestContext.Actor, requestContext.OccurredAtOverride) = (organiser, null);
        progress?.Report(1);
        return new LoadDemo.Answer(plan.People.Count, plan.Customers.Count, _deals.Count, _moves, _refused);
    }

    private async Task Data(DemoPlan plan, Actor organiser, CancellationToken ct)
    {
        var teams = new List<TeamId>();
        foreach (var name in plan.Teams)
        {
            teams.Add(Must(await pipeline.Send(new CreateTeam.Command(name), ct)));
        }

        foreach (var person in plan.People)
        {
            Must(await pipeline.Send(
                new InviteUser.Command(person.Email, person.Name, person.Role, person.Team is { } team ? teams[team] : null,
                    person.Language), ct));
        }

        foreach (var product in plan.Products)
        {
            _products.Add(
                Must(await pipeline.Send(new SaveProduct.Command(null, 0, product.Name, product.Price, plan.Goods.Currency), ct)).Id);
        }

        var ids = await db.Users.ToDictionaryAsync(user => user.Email ?? "", user => user.Id, ct);
        foreach (var person in plan.People)
        {
            _people.Add(await actors.Load(new Caller(ids[person.Email], Channel.Demo), ct));
        }

        requestContext.Actor = organiser;
        db.ChangeTracker.Clear();
    }

    private Task Do(DemoPlan plan, DemoStep step, CancellationToken ct) => step switch
    {
        CustomerStep make => Make(plan.Customers[make.Customer], make.Customer, ct),
        ContactStep make => Make(plan.Customers[make.Customer], make, ct),
        DealStep open => Open(open, ct),
        QuoteStep make => Make(make, ct),
        PaymentStep make => Make(make, ct),
        MoveStep move => Move(plan, move, ct),
        UndoMove undo => Undo(undo, ct),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.GetType().Name, "The demo knows no such step."),
    };

    private async Task Make(DemoCustomer customer, int number, CancellationToken ct) =>
        _customers[number] = Must(await pipeline.Send(
            new CreateCustomer.Command(customer.Name, customer.Type, customer.Email, customer.Phone, customer.Source), ct)).Id;

    private async Task Make(DemoCustomer customer, ContactStep make, CancellationToken ct) =>
        Must(await pipeline.Send(
            new AddContact.Command(_customers[make.Customer], make.Name, customer.Email, customer.Phone, make.DecisionMaker), ct));

    private async Task Open(DealStep open, CancellationToken ct)
    {
        var opened = await pipeline.Send(
            new CreateDeal.Command(
                _customers[open.Customer],
                new MoveFields
                {
                    [FieldKey.Title] = open.Title,
                    [FieldKey.Amount] = open.Amount,
                    [FieldKey.Currency] = open.Currency,
                    [FieldKey.Source] = open.Source,
                },
                open.Stage),
            ct);
        if (Went(opened))
        {
            _deals[open.Deal] = opened.Value!;
        }
    }

    private async Task Make(QuoteStep make, CancellationToken ct)
    {
        if (_deals.TryGetValue(make.Deal, out var deal))
        {
            Raised(make.Deal, await pipeline.Send(
                new AddQuote.Command(deal.Id, [new AddQuote.Line(_products[make.Product], make.Quantity, make.Price, make.Discount)],
                    Day(make.At.AddDays(30)), make.Currency), ct));
        }
    }

    private async Task Make(PaymentStep make, CancellationToken ct)
    {
        if (_deals.TryGetValue(make.Deal, out var deal))
        {
            Raised(make.Deal, await pipeline.Send(
                new AddPayment.Command(deal.Id, make.Amount, make.Currency, make.Method, Day(make.At)), ct));
        }
    }

    private async Task Move(DemoPlan plan, MoveStep move, CancellationToken ct)
    {
        if (!_deals.TryGetValue(move.Deal, out var deal) || (move.Kind == MoveKind.Advance && deal.Stage.ToPlace() == move.To))
        {
            // Not opened; or what was only to be tried went well: somebody at the customer may decide already.
            return;
        }

        var moved = await pipeline.Send(
            new MoveDeal.Command(
                deal.Id, move.Kind, move.To, deal.Version, move.Fields,
                move.ReasonCode is null && move.ReasonText is null ? null : new MoveReason(move.ReasonCode, move.ReasonText),
                move.Overrides ? new Override(OverrideCode, plan.Chinese ? "尾款在交货时支付。" : "The second half is paid on delivery.") : null,
                move.Customer is { } customer ? _customers[customer] : null,
                string.Create(CultureInfo.InvariantCulture, $"demo-{_moves + _refused}")),
            ct);
        if (Went(moved))
        {
            _last[move.Deal] = moved.Value!.Transition.Id;
            _deals[move.Deal] = moved.Value.Deal;
            if (move.Opens is { } opened)
            {
                _deals[opened] = moved.Value.Created!;
            }
        }
    }

    private async Task Undo(UndoMove undo, CancellationToken ct)
    {
        if (_last.TryGetValue(undo.Deal, out var transition))
        {
            var undone = await pipeline.Send(new UndoTransition.Command(transition), ct);
            if (Went(undone))
            {
                _deals[undo.Deal] = undone.Value!.Deal;
            }
        }
    }

    /// <summary>What is added to a deal is a change of the deal.</summary>
    private void Raised<T>(int deal, Result<T> added)
    {
        if (Went(added))
        {
            _deals[deal] = _deals[deal] with { Version = _deals[deal].Version + 1 };
        }
    }

    /// <summary>Other rules than those that ship may refuse what the plan wants: then that is part of the story.</summary>
    private bool Went<T>(Result<T> result)
    {
        if (result.Ok)
        {
            _moves++;
        }
        else
        {
            _refused++;
        }

        return result.Ok;
    }

    private static T Must<T>(Result<T> result) => result.Ok
        ? result.Value
        : throw new InvalidOperationException(
            $"The demo could not be made: {result.Problem.Message} {string.Join(" ", result.Problem.Errors.SelectMany(error => error.Value))}");

    private DateOnly Day(DateTimeOffset at) => requestContext.Actor.Organisation.DayOf(at);
}
