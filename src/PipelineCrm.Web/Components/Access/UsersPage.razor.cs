using Microsoft.AspNetCore.Components;
using MudBlazor;
using PipelineCrm.Access;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Access;

public sealed partial class UsersPage
{
    private IReadOnlyList<UserView>? _users;
    private IReadOnlyList<TeamView> _teams = [];
    private Problem? _problem;
    private UserView? _leaving;
    private SignInLink? _link;
    private string? _search;

    /// <summary>Only those of one team.</summary>
    [SupplyParameterFromQuery]
    public string? Team { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private TeamView? OfTeam => _teams.FirstOrDefault(team => team.Id.ToString() == Team);

    /// <summary>Those whose name, address or team holds what is looked for.</summary>
    private List<UserView> Shown(TeamView? team) => [.. (_users ?? []).Where(user =>
        (team is null || user.Team == team.Id)
        && (string.IsNullOrWhiteSpace(_search) || Holds(user.DisplayName) || Holds(user.Email) || Holds(TeamName(user.Team))))];

    protected override Task OnInitializedAsync() => Load();

    private bool Holds(string? text) => text?.Contains(_search!.Trim(), StringComparison.CurrentCultureIgnoreCase) == true;

    private async Task Load()
    {
        var (users, teams) = (await Session.Send(new ListUsers.Query()), await Session.Send(new ListTeams.Query()));
        _problem = users.Problem ?? teams.Problem;
        (_users, _teams) = (users.Value, teams.Value ?? []);
    }

    private async Task Edit(UserView? user)
    {
        var dialog = await Dialogs.ShowAsync<UserDialog>(null, new DialogParameters<UserDialog>
        {
            { one => one.User, user }, { one => one.Teams, _teams },
        });
        if (await dialog.Result is { Canceled: false, Data: var invitation })
        {
            _link = invitation as SignInLink;
            Toasts.Done(L["Saved"]);
            await Load();
        }
    }

    private async Task Disabled(int handedOver)
    {
        var name = _leaving!.DisplayName;
        _leaving = null;
        Toasts.Done(handedOver == 0 ? L["UserDisabled"] : L.Counted("UserDisabledDeals", handedOver), subject: name);
        await Load();
    }

    private async Task Enable(UserView user)
    {
        var enabled = await Session.Send(new EnableUser.Command(user.Id));
        Tell(enabled.Problem, L["UserEnabled"], user.DisplayName);
        await Load();
    }

    private async Task IssueLink(UserView user)
    {
        var link = await Session.Send(new IssueSignInLink.Command(user.Id));
        Tell(link.Problem, null);
        _link = link.Value;
    }

    private async Task ResetFactor(UserView user)
    {
        var reset = await Session.Send(new ResetSecondFactor.Command(user.Id));
        Tell(reset.Problem, L["FactorReset", user.DisplayName]);
        await Load();
    }

    private void Tell(Problem? problem, string? done, string? subject = null)
    {
        if (problem is not null)
        {
            Toasts.Failed(problem.Errors.Values.FirstOrDefault()?.FirstOrDefault() ?? problem.Message);
        }
        else if (done is not null)
        {
            Toasts.Done(done, subject: subject);
        }
    }

    private string AddressOf(SignInLink link) => Navigation.BaseUri.TrimEnd('/') + link.PathAndQuery;

    private string TeamName(TeamId? team) => _teams.FirstOrDefault(t => t.Id == team)?.Name ?? "–";

    private static string BadgeOf(UserState state) => state switch
    {
        UserState.Active => "ok",
        UserState.Invited => "info",
        UserState.NotInvited => "plain",
        UserState.Disabled => "warn",
        UserState.OneClick => "ok",
        UserState.Demo => "plain",
    };
}
