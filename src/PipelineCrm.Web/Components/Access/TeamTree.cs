using PipelineCrm.Access;
using PipelineCrm.Web.Components.Forms;

namespace PipelineCrm.Web.Components.Access;

internal static class TeamTree
{
    private const string Indent = "\u2003";

    /// <summary>Teams to choose from, indented by where they stand.</summary>
    public static IReadOnlyList<Choice> Choices(IEnumerable<TeamView> teams) =>
        [.. teams.Select(team => new Choice(team.Id.ToString(), string.Concat(Enumerable.Repeat(Indent, team.Depth)) + team.Name))];
}
