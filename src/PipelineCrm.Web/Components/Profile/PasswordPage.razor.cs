using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using PipelineCrm.Access;
using PipelineCrm.Domain;

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

    private Caller Me =>
        UserId.TryParse(Http.User.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? new Caller(id, Channel.Page) : Caller.Anonymous;

    private async Task Save()
    {
        if (New != Repeated)
        {
            _errors = new Dictionary<string, string[]> { ["repeated"] = [L["PasswordsDiffer"]] };
            return;
        }

        var changed = await Door.Send(new ChangePassword.Command(Current ?? "", New ?? ""), Me);
        if (!changed.Ok)
        {
            (_errors, _refusal) = (changed.Problem.Errors, changed.Problem.Message);
            return;
        }

        await Desk.As(changed.Value);
        Navigation.NavigateTo("/profile");
    }

    private string[] Of(string field) => _errors.GetValueOrDefault(field, []);
}
