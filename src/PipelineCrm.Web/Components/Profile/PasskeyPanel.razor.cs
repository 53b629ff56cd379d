using Microsoft.JSInterop;
using PipelineCrm.Access;

namespace PipelineCrm.Web.Components.Profile;

public sealed partial class PasskeyPanel
{
    /// <summary>As long as the challenge is good: people look for their keys.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private IJSObjectReference? _module;
    private ListPasskeys.Answer? _now;
    private PasskeyRow? _renamed;
    private PasskeyRow? _removed;
    private Problem? _problem;
    private string? _name;
    private string? _newName;
    private string? _password;
    private bool _asking;

    /// <summary>Whether this browser makes passkeys for this site; null until it has said so.</summary>
    private bool? _can;

    /// <summary>The sign-in may have grown old while the page was open.</summary>
    private bool NeedsPassword => _now is { PasswordNeeded: true } || _problem?.Errors.ContainsKey("password") == true;

    protected override Task OnInitializedAsync() => Load();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await ComponentScript.UnlessGone(async () =>
            {
                _module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/passkeys.js");
                _can = await _module.InvokeAsync<bool>("can");
            });
            StateHasChanged();
        }
    }

    private async Task Load()
    {
        var read = await Session.Send(new ListPasskeys.Query());
        (_now, _problem) = (read.Value ?? _now, read.Problem);
    }

    private async Task Add()
    {
        if (_asking)
        {
            return;
        }

        _asking = true;
        _problem = await Make();
        (_asking, _password) = (false, null);
        if (_problem is null)
        {
            _name = null;
            Toasts.Done(L["PasskeyIsAdded"]);
            await Load();
        }
    }

    /// <summary>Null where it is made.</summary>
    private async Task<Problem?> Make()
    {
        var begun = await Session.Send(new BeginPasskey.Query(_name ?? "", _password));
        if (!begun.Ok)
        {
            return begun.Problem;
        }

        Answer? answer = null;
        await ComponentScript.UnlessGone(async () => answer = await _module!.InvokeAsync<Answer>("create", Patience, begun.Value.Options));
        return answer?.Credential is { } credential
            ? (await Session.Send(new AddPasskey.Command(begun.Value.Ticket, credential))).Problem
            : new Problem(ProblemCode.Conflict, L[answer is { Known: true } ? "PasskeyKnown" : "PasskeyNotMade"]);
    }

    private void BeginRename(PasskeyRow passkey) => (_renamed, _newName, _problem) = (passkey, passkey.Name, null);

    private async Task Rename()
    {
        _problem = (await Session.Send(new RenamePasskey.Command(_renamed!.Id, _newName ?? ""))).Problem;
        if (_problem is not { Errors.Count: > 0 })
        {
            await Changed("Saved");
        }
    }

    private async Task Remove()
    {
        _problem = (await Session.Send(new RemovePasskey.Command(_removed!.Id))).Problem;
        await Changed("PasskeyIsRemoved");
    }

    private async Task Changed(string done)
    {
        (_renamed, _removed) = (null, null);
        if (_problem is null)
        {
            Toasts.Done(L[done]);
        }

        var refused = _problem;
        await Load();
        _problem ??= refused;
    }

    public ValueTask DisposeAsync() => ComponentScript.Release(_module);

    /// <param name="Credential">What the authenticator answered; null where it did not.</param>
    /// <param name="Known">It did not, because it has a passkey of this user already.</param>
    private sealed record Answer(string? Credential, bool Known);
}
