using PipelineCrm.Access;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Components.Forms;

namespace PipelineCrm.Web.Components.Profile;

public sealed partial class ProfilePage
{
    private static readonly string[] Themes = ["auto", "light", "dark"];
    private static readonly IReadOnlyList<Choice> Zones = [.. TimeZones.Names.Select(name => new Choice(name, name))];

    private GetProfile.Answer? _me;
    private FormDraft? _draft;
    private Problem? _problem;
    private string? _name;
    private string? _zone;

    protected override Task OnInitializedAsync() => Load();

    private async Task Load()
    {
        var read = await Session.Send(new GetProfile.Query());
        (_me, _problem) = (read.Value, read.Problem);
        (_name, _zone) = (_me?.DisplayName, _me?.TimeZone);
    }

    private async Task Save()
    {
        var saved = await Session.Send(new ChangeProfile.Command(DisplayName: _name ?? "", TimeZone: _zone ?? ""));
        _problem = saved.Problem;
        if (saved.Ok)
        {
            await _draft!.Drop();
            Toasts.Done(L["Saved"]);
        }
    }

    private static string Pressed(bool pressed) => pressed ? "true" : "false";
}
