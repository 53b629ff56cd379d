using System.Globalization;
using Microsoft.AspNetCore.Components;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Web.Components.SignIn;

public sealed partial class SetUpPage
{
    private IReadOnlyDictionary<string, string[]> _errors = new Dictionary<string, string[]>();
    private string? _refusal;
    private bool _sent;

    /// <summary>Which of the ways that need an organisation was chosen.</summary>
    [SupplyParameterFromQuery]
    private string? Way { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm]
    private SetUpForm? Form { get; set; }

    private bool BringsData => Way == "data";

    /// <summary>The fields that have to be mended, as they are called on the page.</summary>
    private List<(string Field, string Label)> Wrong =>
    [
        .. new[]
        {
            ("Token", "SetUpToken"), ("OrganisationName", "OrganisationName"), ("TimeZone", "TimeZone"), ("BaseCurrency", "BaseCurrency"),
            ("DisplayName", "DisplayName"), ("Email", "Email"), ("Password", "Password"),
        }.Where(one => Of(char.ToLowerInvariant(one.Item1[0]) + one.Item1[1..]).Length > 0).Select(one => (one.Item1, L[one.Item2].Value)),
    ];

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
        _sent = true;
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "zh-CN" : "en";
        var made = await Door.Send(
            new SetUpOrganisation.Command(
                Typed.Token ?? "", Typed.OrganisationName ?? "", Typed.TimeZone ?? "", Typed.BaseCurrency ?? "", Typed.DisplayName ?? "",
                Typed.Email ?? "", Typed.Password ?? "", language),
            CallerFactory.Of(Http));
        if ((made.Problem ?? await Desk.As(made.Value, "set-up")) is { } problem)
        {
            (_errors, _refusal) = (problem.Errors, (await Desk.Told(problem)).Message);
            return;
        }

        Navigation.NavigateTo("/");
    }

    private string[] Of(string field) => _errors.GetValueOrDefault(field, []);
}
