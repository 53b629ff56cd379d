using System.Globalization;
using Microsoft.AspNetCore.Components;
using PipelineCrm.Access;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Components.Forms;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Funnel;

public sealed partial class FunnelFilters(Session session, Formats formats, NavigationManager navigation)
{
    private IReadOnlyList<Choice> _teams = [];
    private IReadOnlyList<Choice> _owners = [];
    private IReadOnlyList<Choice> _sources = [];

    [Parameter, EditorRequired]
    public required FunnelAddress Address { get; set; }

    /// <summary>Why the last report was refused, if so.</summary>
    [Parameter]
    public Problem? Problem { get; set; }

    private static readonly string[] Dates = ["from", "to", "at"];

    /// <summary>Whether all of it is about the days, and so is shown beside them.</summary>
    public static bool Shows(Problem problem,
        FunnelAddress address) => address.Readable && problem.Errors.Count > 0 && problem.Errors.Keys.All(Dates.Contains);

    private string? Wrong => Problem is null || !Shows(Problem, Address) ? null : Dates.Where(date => Problem.At(date) is not null)
        .Select(date => L["WrongPart", L["Part_" + date], Problem.At(date)!].Value).FirstOrDefault();

    private string? Invalid(string field) => Problem.At(field) is null ? null : "true";

    private string? Described(string field) => Invalid(field) is null || Wrong is null ? null : "funnel-wrong";

    private Formats Formats => formats;

    private string Period => FunnelPeriod.NameOf(Address.Days.From, Address.Days.To, formats.Today);

    /// <summary>The address ends before a day, people choose the last one.</summary>
    private string? LastDay => FunnelPeriod.Text(FunnelPeriod.Day(Address.Days.To)?.AddDays(-1));

    protected override async Task OnInitializedAsync()
    {
        var teams = await session.Send(new ListTeams.Query());
        var owners = await session.Send(new ListUserSummaries.Query());
        var codes = await session.Send(new ListCodes.Query());
        _teams = [.. (teams.Value ?? []).Select(team => new Choice($"{team.Id}", new string('\u2003', team.Depth) + team.Name))];
        _owners = [.. (owners.Value ?? []).Select(owner => new Choice($"{owner.Id}", owner.DisplayName))];
        _sources = [.. (codes.Value?.Sources ?? []).Select(source => new Choice(source.Code, Formats.Localized(source.Name)))];
    }

    private void Go(FunnelAddress address) => navigation.NavigateTo(address.Page);

    private void ChoosePeriod(ChangeEventArgs change)
    {
        var name = Text(change) ?? "";
        var (from, to) = name == FunnelPeriod.LastYear ? default : FunnelPeriod.Texts(name, formats.Today);
        Go(Address with { From = from, To = to, AllTime = name == FunnelAddress.Everything });
    }

    private void ChooseFrom(ChangeEventArgs change) => Between(Text(change), Address.Days.To);

    private void ChooseTo(ChangeEventArgs change) =>
        Between(Address.Days.From, FunnelPeriod.Day(Text(change)) is { Year: < 9999 } last ? FunnelPeriod.Text(last.AddDays(1)) : null);

    private void Between(string? from, string? to) => Go(Address with { From = from, To = to, AllTime = from is null && to is null });

    private void ChooseAt(ChangeEventArgs change) => Go(Address with { At = Text(change) });

    private static string? Text(ChangeEventArgs change) =>
        Convert.ToString(change.Value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
}
