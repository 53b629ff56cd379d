using System.Globalization;
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
        Assert.Equal((1, 3, 12), (plan.People.Count(one => one.Role == Role.Admin), plan.People.Count(one => one.Role == Role.Manager),
            plan.People.Count(one => one.Role == Role.Rep)));
        Assert.Equal(400, plan.Steps.OfType<CustomerStep>().Count());
        Assert.Equal(1500, plan.Steps.OfType<DealStep>().Count() + plan.Steps.OfType<MoveStep>().Count(move => move.Opens is not null));
        Assert.Equal(
            plan.People.Single(one => one.Email == "manager@demo.example").Team,
            plan.People.Single(one => one.Email == "rep@demo.example").Team);
        Assert.All(plan.People.Select(one => one.Email).Concat(plan.Customers.Select(one => one.Email)),
            mail => Assert.EndsWith("@demo.example", mail, StringComparison.Ordinal));
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_speaks_one_language_and_its_titles_are_no_article_numbers(bool chinese)
    {
        var plan = DemoPlanner.Make(Day, 1, chinese);
        var titles = plan.Steps.OfType<DealStep>().Select(deal => deal.Title).ToList();
        string[] names = [.. titles, .. plan.People.Select(one => one.Name), .. plan.Customers.Select(one => one.Name),
            .. plan.Products.Select(one => one.Name), .. plan.Teams];
        Assert.All(names, name => Assert.Equal(chinese, name.Any(letter => letter is >= '\u4e00' and <= '\u9fff')));
        Assert.DoesNotContain(titles, title => title.Contains('×', StringComparison.Ordinal));
        Assert.True(titles.Distinct().Count() > 100, $"{titles.Distinct().Count()}");
        Assert.All(plan.People, one => Assert.Equal(chinese ? "zh-CN" : "en", one.Language));
    }

    [Theory]
    [InlineData("2026-03-02", 20)]
    [InlineData("2026-07-18", 20)]
    [InlineData("2026-11-30", 20)]
    [InlineData("2026-11-30", 7)]
    public void A_third_of_the_open_deals_has_work_due_few_are_late_and_the_reps_board_tells_of_rules(string day, int seed)
    {
        var today = DateOnly.ParseExact(day, "O", System.Globalization.CultureInfo.InvariantCulture);
        var plan = DemoPlanner.Make(today, seed);
        var open = OpenAtTheEnd(plan);
        Assert.InRange(open.Count, 60, 260);
        var (due, late) = (open.Count(deal => deal.Due(today)), open.Count(deal => deal.Late(today)));
        Assert.True(due >= 0.25 * open.Count && due <= 0.42 * open.Count, $"{due} of {open.Count} are due");
        Assert.True(late >= 1 && late <= 0.1 * open.Count, $"{late} of {open.Count} are late");
        var ages = open.Select(deal => today.DayNumber - deal.Entered.DayNumber).Order().ToList();
        Assert.True(ages[ages.Count / 2] <= 14, $"half of them lie for {ages[ages.Count / 2]} days and more");

        var rep = plan.People.ToList().FindIndex(one => one.Email == "rep@demo.example");
        var mine = open.Where(deal => deal.Rep == rep).Select(deal => deal.Number).ToHashSet();
        Assert.InRange(mine.Count, 5, 40);
        Assert.Contains(plan.Steps.OfType<MoveStep>(), move => move.Overrides && mine.Contains(move.Deal));
        Assert.Contains(plan.Steps.OfType<MoveStep>(), move => mine.Contains(move.Deal) && move.To == Place.Purchase
            && !plan.Steps.OfType<QuoteStep>().Any(quote => quote.Deal == move.Deal));
    }

    private sealed record OpenOne(int Number, int Rep, Stage Stage, DateOnly Entered, DateOnly? Close)
    {
        private int Limit => DefaultRules.Create().Of(Stage).MaxDays!.Value;

        public bool Late(DateOnly today) => today.DayNumber - Entered.DayNumber > Limit || (Close < today && Stage < Stage.Purchase);

        /// <summary>Late, warned of, or to be closed within a week.</summary>
        public bool Due(DateOnly today) =>
            Late(today) || today.DayNumber - Entered.DayNumber >= Math.Ceiling(0.8 * Limit)
                || (Close is { } close && close <= today.AddDays(7) && Stage < Stage.Purchase);
    }

    private static List<OpenOne> OpenAtTheEnd(DemoPlan plan)
    {
        var customers = plan.Steps.OfType<DealStep>().ToDictionary(one => one.Deal, one => one.Customer);
        foreach (var follower in plan.Steps.OfType<MoveStep>().Where(move => move.Opens is not null))
        {
            customers[follower.Opens!.Value] = follower.Customer ?? customers[follower.Deal];
        }

        var open = new Dictionary<int, OpenOne>();
        var before = new Dictionary<int, OpenOne>();
        foreach (var step in plan.Steps)
        {
            var on = DateOnly.FromDateTime(step.At.UtcDateTime);
            switch (step)
            {
                case DealStep opened:
                    open[opened.Deal] = new OpenOne(opened.Deal, opened.By, opened.Stage, on, null);
                    break;
                case MoveStep { Opens: { } next } move:
                    open[next] = new OpenOne(next, move.By, move.To!.Value.AsStage()!.Value, on, null);
                    break;
                case MoveStep move when move.To!.Value.AsStage() is { } stage && IsAllowed(plan, move, customers[move.Deal]):
                    if (open.TryGetValue(move.Deal, out var was))
                    {
                        before[move.Deal] = was;
                    }

                    open[move.Deal] = before[move.Deal] with
                    {
                        Stage = stage,
                        Entered = on,
                        Close = CloseOf(move) ?? before[move.Deal].Close
                    };
                    break;
                case MoveStep move when move.To!.Value.AsStage() is null:
                    before[move.Deal] = open[move.Deal];
                    open.Remove(move.Deal);
                    break;
                case UndoMove undo when before.TryGetValue(undo.Deal, out var earlier):
                    open[undo.Deal] = earlier;
                    break;
            }
        }

        return [.. open.Values];
    }

    /// <summary>Purchase is entered with a quote or a decision maker; what is only tried for the story is refused.</summary>
    private static bool IsAllowed(DemoPlan plan, MoveStep move, int customer) => move.To != Place.Purchase
        || plan.Steps.OfType<QuoteStep>().Any(quote => quote.Deal == move.Deal && quote.At <= move.At)
        || plan.Steps.OfType<ContactStep>().Any(contact => contact.DecisionMaker && contact.Customer == customer && contact.At <= move.At);

    private static DateOnly? CloseOf(MoveStep move) =>
        move.Fields.ValueOf(FieldKey.ExpectedClose) is { } day ? DateOnly.Parse(day.GetString()!, CultureInfo.InvariantCulture) : null;
}
