using System.Globalization;
using Microsoft.AspNetCore.Components;
using PipelineCrm.Organisation;

namespace PipelineCrm.Web.Components.SignIn;

public sealed partial class SetUpPage
{
    private IReadOnlyDictionary<string, string[]> _errors = new Dictionary<string, string[]>();
    private string? _refusal;

    [SupplyParameterFromForm]
    private SetUpForm? Form { get; set; }

    private SetUpForm Typed => Form ??= new();

    protected override async Task OnInitializedAsync()
    {
        var setup = await Door.Send(new GetSetupState.Query(), Caller.Anonymous);
        if (setup is { Ok: true, Value.IsSetUp: true })
        {
            Navigation.NavigateTo("/");
        }

        _refusal = setup.Problem?.Message;
    }

    private async Task Save()
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "zh-CN" : "en";
        var made = await Door.Send(
            new SetUpOrganisation.Command(
                Typed.Token ?? "", Typed.OrganisationName ?? "", Typed.TimeZone ?? "", Typed.BaseCurrency ?? "", Typed.DisplayName ?? "", Typed.Email ?? "", Typed.Password ?? "", language),
            Caller.Anonymous);
        if (!made.Ok)
        {
            (_errors, _refusal) = (made.Problem.Errors, made.Problem.Message);
            return;
        }

        await Desk.As(made.Value);
        Navigation.NavigateTo("/");
    }

    private string[] Of(string field) => _errors.GetValueOrDefault(field, []);
}
