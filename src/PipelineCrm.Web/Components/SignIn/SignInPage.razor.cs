using Microsoft.AspNetCore.Components;
using PipelineCrm.Access;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Web.Components.SignIn;

public sealed partial class SignInPage
{
    private string? _mistake;
    private bool _demo;
    private bool _away;

    [SupplyParameterFromForm(FormName = "sign-in")]
    private string? Email { get; set; }

    [SupplyParameterFromForm(FormName = "sign-in")]
    private string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "sign-in")]
    private bool Remember { get; set; }

    [SupplyParameterFromForm(FormName = "demo")]
    private string? DemoRole { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var setup = await Door.Send(new GetSetupState.Query(), Caller.Anonymous);
        _demo = setup is { Ok: true, Value.Demo: true };
        if (setup.Problem is { } away)
        {
            (_away, _mistake) = (true, away.Message);
            Http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task SignIn()
    {
        if (_away)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(Email) || string.IsNullOrEmpty(Password))
        {
            _mistake = L["SignInIncomplete"];
        }
        else if (await Desk.WithPassword(Email, Password, Remember))
        {
            Preferences.ForgetTheme(Http);
            Navigation.NavigateTo(LocalAddress.Of(ReturnUrl));
        }
        else
        {
            _mistake = L["SignInFailed"];
        }
    }

    private async Task SignInAsDemo()
    {
        if (_away)
        {
            return;
        }

        if (WireNames.TryParse<Role>(DemoRole, out var role) && DemoAccounts.OneClick.Contains(role) && await Desk.AsDemo(role))
        {
            // The demo's people have no language of their own: whoever tries it goes on in theirs.
            Preferences.Remember(Http, Languages.Current);
            Navigation.NavigateTo(LocalAddress.Of(ReturnUrl));
        }
        else
        {
            _mistake = L["SignInFailed"];
        }
    }
}
