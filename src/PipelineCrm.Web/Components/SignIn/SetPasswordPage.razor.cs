using Microsoft.AspNetCore.Components;
using PipelineCrm.Access;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Web.Components.SignIn;

public sealed partial class SetPasswordPage
{
    private OpenSignInLink.Answer? _owner;
    private string? _refusal;
    private string? _mistake;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

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

        var set = await Door.Send(new SetPassword.Command(new UserId(User), Purpose, Secret ?? "", Password ?? ""), CallerFactory.Of(Http));
        if ((set.Problem ?? await Desk.As(set.Value, "link")) is { } problem)
        {
            if (problem.Code == ProblemCode.SecondFactor)
            {
                Navigation.NavigateTo(SignInCodePage.AddressFor(null));
            }

            _mistake = problem.Errors.Values.FirstOrDefault()?.FirstOrDefault() ?? (await Desk.Told(problem)).Message;
            return;
        }

        Navigation.NavigateTo("/");
    }
}
