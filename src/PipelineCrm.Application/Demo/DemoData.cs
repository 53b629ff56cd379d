using PipelineCrm.Domain;

namespace PipelineCrm.Demo;

/// <summary>Who and what there is in the demo.</summary>
internal sealed class DemoData
{
    public const int Managers = 3;
    public const int Reps = 12;
    public const int Customers = 400;

    /// <summary>Customers who come by referral only, and those without any deal.</summary>
    public const int Referred = 40;
    public const int WithoutDeal = 20;

    public static readonly string[] Sources = ["website", "event", "search", "social", "advertising", "partner", "cold-call", "other"];

    private DemoData(IReadOnlyList<DemoUser> people, IReadOnlyList<DemoCustomer> customers) => (People, Clients) = (people, customers);

    /// <summary>The admin, then the managers, then the reps, team by team.</summary>
    public IReadOnlyList<DemoUser> People { get; }

    public IReadOnlyList<DemoCustomer> Clients { get; }

    public static DemoData Of(Random random, bool chinese)
    {
        var (names, language) = (new DemoNames(random), chinese ? "zh-CN" : "en");
        List<DemoUser> people = [new("admin@demo.example", names.Person(chinese), Role.Admin, null, language)];
        people.AddRange(Enumerable.Range(0, Managers).Select(team => new DemoUser(
            team == 0 ? "manager@demo.example" : DemoNames.Mail("manager", team + 1), names.Person(chinese), Role.Manager, team,
            language)));
        people.AddRange(Enumerable.Range(0, Reps).Select(rep => new DemoUser(
            rep == 0 ? "rep@demo.example" : DemoNames.Mail("rep", rep + 1), names.Person(chinese), Role.Rep, TeamOf(rep), language)));
        return new DemoData(people, [.. Enumerable.Range(0, Customers).Select(number => Client(names, random, number, chinese))]);
    }

    public static int Rep(int number) => 1 + Managers + number;

    public static int ManagerOf(int rep) => 1 + TeamOf(rep - 1 - Managers);

    private static int TeamOf(int rep) => rep * Managers / Reps;

    private static DemoCustomer Client(DemoNames names, Random random, int number, bool chinese)
    {
        var type = random.Next(6) == 0 ? CustomerType.Person : CustomerType.Organisation;
        var name = names.Customer(type, chinese);
        return new DemoCustomer(
            name, type, DemoNames.Mail("customer", number + 1), random.Next(3) == 0 ? null : $"+00 555 {1000 + number:0000}",
            Sources[random.Next(Sources.Length)], type == CustomerType.Person ? name : names.Person(chinese));
    }
}
