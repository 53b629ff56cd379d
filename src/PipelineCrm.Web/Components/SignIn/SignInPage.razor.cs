using Microsoft.AspNetCore.Components;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Web.Components.SignIn;

public sealed partial class SignInPage
{
    private string? _mistake;
    private string? _refusedPasskey;
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

    [SupplyParameterFromForm(FormName = "demo")]
    private string? Token { get; set; }

    [SupplyParameterFromForm(FormName = "passkey")]
    private string? Credential { get; set; }

    [SupplyParameterFromForm(FormName = "passkey", Name = "Remember")]
    private bool RememberPasskey { get; set; }

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
        else if (await Desk.WithPassword(Email, Password, Remember) is { } refused)
        {
            _mistake = refused.Message;
            AskForCode(refused);
        }
        else
        {
            GoOn();
        }
    }

    private async Task SignInWithPasskey()
    {
        if (_away)
        {
            return;
        }

        if (await Desk.WithPasskey(Credential ?? "", RememberPasskey) is { } refused)
        {
            _refusedPasskey = refused.Message;
        }
        else
        {
            GoOn();
        }
    }

    private void GoOn()
    {
        Preferences.ForgetTheme(Http);
        Navigation.NavigateTo(LocalAddress.Of(ReturnUrl));
    }

    private void AskForCode(Problem? refused)
    {
        if (refused is { Code: ProblemCode.SecondFactor })
        {
            Navigation.NavigateTo(SignInCodePage.AddressFor(ReturnUrl));
        }
    }

    private async Task SignInAsDemo()
    {
        if (_away)
        {
            return;
        }

        var refused = WireNames.TryParse<Role>(DemoRole, out var role)
            ? await Desk.AsDemo(role, Token)
            : new Problem(ProblemCode.Validation, L["SignInIncomplete"]);
        if (refused is null)
        {
            // The demo's people have no language of their own: whoever tries it goes on in theirs.
            Preferences.Remember(Http, Languages.Current);
            Navigation.NavigateTo(LocalAddress.Of(ReturnUrl));
        }

        AskForCode(refused);
        _mistake = refused?.Errors.Values.FirstOrDefault()?.FirstOrDefault() ?? refused?.Message;
    }
}
