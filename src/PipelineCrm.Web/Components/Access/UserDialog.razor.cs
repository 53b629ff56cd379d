using Microsoft.AspNetCore.Components;
using MudBlazor;
using PipelineCrm.Access;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Forms;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Web.Components.Access;

public sealed partial class UserDialog
{
    private string? _name;
    private string? _email;
    private string? _role = Role.Rep.ToWire();
    private string? _team;
    private string? _language = Languages.Current;
    private Problem? _problem;
    private FormDraft? _draft;
    private bool _busy;

    /// <summary>Ends with the invitation's link where somebody was invited.</summary>
    [CascadingParameter]
    public IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Null: somebody new is invited.</summary>
    [Parameter]
    public UserView? User { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<TeamView> Teams { get; set; }

    private IReadOnlyList<Choice> Roles =>
        [.. new[] { Role.Rep, Role.Manager, Role.Admin, Role.Viewer }.Select(role => new Choice(role.ToWire(), L["Role" + role]))];

    private IReadOnlyList<Choice> TeamChoices => TeamTree.Choices(Teams);

    private IReadOnlyList<Choice> LanguageChoices => [new(Languages.English, L["LanguageEn"]), new(Languages.Chinese, L["LanguageZh"])];

    protected override void OnInitialized()
    {
        if (User is { } user)
        {
            (_name, _email, _role, _team) = (user.DisplayName, user.Email, user.Role.ToWire(), user.Team?.ToString());
        }
    }

    private async Task Save()
    {
        _busy = true;
        var role = WireNames.Parse<Role>(_role ?? Role.Rep.ToWire());
        var team = TeamId.TryParse(_team, null, out var id) ? id : (TeamId?)null;
        var (problem, link) = User is { } user ? (await Change(user, role, team), null) : await Invite(role, team);
        _busy = false;
        if (problem is { Code: ProblemCode.DoneBefore })
        {
            // The user is there; the link that nobody saw is gone, and another one can be made in the list.
            Toasts.Note(problem.Message);
            problem = null;
        }

        _problem = problem;
        if (problem is null)
        {
            await _draft!.Drop();
            Dialog.Close(DialogResult.Ok(link));
        }
    }

    private async Task<(Problem? Problem, SignInLink? Link)> Invite(Role role, TeamId? team)
    {
        var invited = await Session.Send(new InviteUser.Command(_email ?? "", _name ?? "", role, team, _language ?? Languages.English),
            operation: _draft!.Operation);
        return (invited.Problem, invited.Value);
    }

    private async Task<Problem?> Change(UserView user, Role role, TeamId? team) =>
        (await Session.Send(new ChangeUser.Command(user.Id, _name ?? "", string.IsNullOrWhiteSpace(_email) ? null : _email, role, team),
            operation: _draft!.Operation)).Problem;
}
