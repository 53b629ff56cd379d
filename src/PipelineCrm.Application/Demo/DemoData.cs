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

    private static readonly string[] TeamNames = ["Harbour", "Orchard", "东方组"];

    private static readonly DemoProduct[] Catalogue =
    [
        new("Lumen Desk Lamp", 89), new("Quiet Chair", 420), new("Standing Desk", 760), new("Meeting Pod", 9_800), new("Air Sensor", 140),
        new("Panel Set", 2_350), new("Workshop Day", 1_600), new("Care Plan, one year", 990), new("静音隔间", 12_400), new("智能照明套装", 3_150),
    ];

    private DemoData(IReadOnlyList<DemoUser> people, IReadOnlyList<DemoCustomer> customers) => (People, Clients) = (people, customers);

    /// <summary>The admin, then the managers, then the reps, team by team.</summary>
    public IReadOnlyList<DemoUser> People { get; }

    public IReadOnlyList<DemoCustomer> Clients { get; }

    public static IReadOnlyList<string> Teams => TeamNames;

    public static IReadOnlyList<DemoProduct> Products => Catalogue;

    public static DemoData Of(Random random)
    {
        var names = new DemoNames(random);
        List<DemoUser> people = [new("admin@demo.example", names.Person(chinese: false), Role.Admin, null, "en")];
        people.AddRange(Enumerable.Range(0, Managers).Select(team => new DemoUser(
            team == 0 ? "manager@demo.example" : DemoNames.Mail("manager", team + 1), names.Person(team == 2), Role.Manager, team, team == 2 ? "zh-CN" : "en")));
        people.AddRange(Enumerable.Range(0, Reps).Select(rep => new DemoUser(
            rep == 0 ? "rep@demo.example" : DemoNames.Mail("rep", rep + 1), names.Person(TeamOf(rep) == 2), Role.Rep, TeamOf(rep), TeamOf(rep) == 2 ? "zh-CN" : "en")));
        return new DemoData(people, [.. Enumerable.Range(0, Customers).Select(number => Client(names, random, number))]);
    }

    public static int Rep(int number) => 1 + Managers + number;

    public static int ManagerOf(int rep) => 1 + TeamOf(rep - 1 - Managers);

    private static int TeamOf(int rep) => rep * Managers / Reps;

    private static DemoCustomer Client(DemoNames names, Random random, int number)
    {
        var chinese = random.Next(5) < 2;
        var type = random.Next(6) == 0 ? CustomerType.Person : CustomerType.Organisation;
        var name = names.Customer(type, chinese);
        return new DemoCustomer(
            name, type, DemoNames.Mail("customer", number + 1), random.Next(3) == 0 ? null : $"+00 555 {1000 + number:0000}",
            Sources[random.Next(Sources.Length)], type == CustomerType.Person ? name : names.Person(chinese), chinese);
    }
}
