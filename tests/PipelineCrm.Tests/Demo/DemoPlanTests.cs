using PipelineCrm.Demo;
using PipelineCrm.Domain;

namespace PipelineCrm.Tests.Demo;

public sealed class DemoPlanTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public void The_same_day_and_seed_give_the_same_plan()
    {
        var (one, other) = (DemoPlanner.Make(Day, 1), DemoPlanner.Make(Day, 1));
        Assert.Equal(one.People, other.People);
        Assert.Equal(one.Customers, other.Customers);
        Assert.Equal(one.Steps, other.Steps);
        Assert.NotEqual(one.Steps, DemoPlanner.Make(Day, 2).Steps);
    }

    [Fact]
    public void It_has_the_people_customers_and_deals_that_were_asked_for()
    {
        var plan = DemoPlanner.Make(Day, 1);
        Assert.Equal(3, plan.Teams.Count);
        Assert.Equal((1, 3, 12), (plan.People.Count(one => one.Role == Role.Admin), plan.People.Count(one => one.Role == Role.Manager), plan.People.Count(one => one.Role == Role.Rep)));
        Assert.Equal(400, plan.Steps.OfType<CustomerStep>().Count());
        Assert.Equal(1500, plan.Steps.OfType<DealStep>().Count() + plan.Steps.OfType<MoveStep>().Count(move => move.Opens is not null));
        Assert.Equal(
            plan.People.Single(one => one.Email == "manager@demo.example").Team,
            plan.People.Single(one => one.Email == "rep@demo.example").Team);
        Assert.All(plan.People.Select(one => one.Email).Concat(plan.Customers.Select(one => one.Email)), mail => Assert.EndsWith("@demo.example", mail, StringComparison.Ordinal));
    }

    [Fact]
    public void Everything_happens_in_order_within_eighteen_months_before_the_day()
    {
        var plan = DemoPlanner.Make(Day, 1);
        Assert.Equal(plan.Steps.OrderBy(step => step.At), plan.Steps);
        Assert.True(plan.Begins <= plan.Steps[0].At);
        Assert.True(plan.Steps[^1].At < new DateTimeOffset(Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        Assert.All(Enum.GetValues<MoveKind>().Except([MoveKind.Create, MoveKind.Skip, MoveKind.Undo, MoveKind.Import]), kind =>
            Assert.Contains(plan.Steps.OfType<MoveStep>(), move => move.Kind == kind));
        Assert.Contains(plan.Steps, step => step is UndoMove);
    }
}
