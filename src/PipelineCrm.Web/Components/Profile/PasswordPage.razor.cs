using Microsoft.AspNetCore.Components;
using PipelineCrm.Access;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Web.Components.Profile;

public sealed partial class PasswordPage
{
    private IReadOnlyDictionary<string, string[]> _errors = new Dictionary<string, string[]>();
    private string? _refusal;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm]
    private string? Current { get; set; }

    [SupplyParameterFromForm]
    private string? New { get; set; }

    [SupplyParameterFromForm]
    private string? Repeated { get; set; }

    private async Task Save()
    {
        if (New != Repeated)
        {
            _errors = new Dictionary<string, string[]> { ["repeated"] = [L["PasswordsDiffer"]] };
            return;
        }

        var changed = await Door.Send(new ChangePassword.Command(Current ?? "", New ?? ""), CallerFactory.Of(Http));
        if (!changed.Ok)
        {
            (_errors, _refusal) = (changed.Problem.Errors, (await Desk.Told(changed.Problem)).Message);
            return;
        }

        await Desk.Recheck(changed.Value);
        Navigation.NavigateTo("/profile");
    }

    private string[] Of(string field) => _errors.GetValueOrDefault(field, []);
}
