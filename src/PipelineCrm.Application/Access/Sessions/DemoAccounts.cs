using PipelineCrm.Domain;

namespace PipelineCrm.Access;

/// <summary>The invented people of the demo, and the three of them that one click signs in as while it is on.</summary>
public static class DemoAccounts
{
    public const string Domain = "@demo.example";

    public static readonly IReadOnlyList<Role> OneClick = [Role.Rep, Role.Manager, Role.Admin];

    public static string EmailOf(Role role) => role.ToWire() + Domain;
}
