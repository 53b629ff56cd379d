using Microsoft.AspNetCore.Components;
using PipelineCrm.Access;

namespace PipelineCrm.Web.Components.SignIn;

public sealed partial class SetPasswordPage
{
    private OpenSignInLink.Answer? _owner;
    private string? _refusal;
    private string? _mistake;

    [SupplyParameterFromQuery]
    private Guid User { get; set; }

    [SupplyParameterFromQuery]
    private string? For { get; set; }

    [SupplyParameterFromQuery]
    private string? Secret { get; set; }

    [SupplyParameterFromForm]
    private string? Password { get; set; }

    [SupplyParameterFromForm]
    private string? Repeated { get; set; }

    private LinkPurpose Purpose => For == "reset" ? LinkPurpose.Reset : LinkPurpose.Invitation;

    protected override async Task OnInitializedAsync()
    {
        var opened = await Door.Send(new OpenSignInLink.Query(new UserId(User), Purpose, Secret ?? ""), Caller.Anonymous);
        (_owner, _refusal) = (opened.Value, opened.Problem?.Message);
    }

    private async Task Save()
    {
        if (_owner is null)
        {
            return;
        }

        if (Password != Repeated)
        {
            _mistake = L["PasswordsDiffer"];
            return;
        }

        var set = await Door.Send(new SetPassword.Command(new UserId(User), Purpose, Secret ?? "", Password ?? ""), Caller.Anonymous);
        if (!set.Ok)
        {
            _mistake = set.Problem.Errors.Values.FirstOrDefault()?.FirstOrDefault() ?? set.Problem.Message;
            return;
        }

        await Desk.As(set.Value);
        Navigation.NavigateTo("/");
    }
}
