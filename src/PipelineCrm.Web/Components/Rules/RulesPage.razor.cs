using System.Text.Json;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using PipelineCrm.Domain;
using PipelineCrm.Rules;
using PipelineCrm.Web.Components.Notifications;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Rules;

/// <summary>The rules: everybody reads those in force, an admin works on the draft and publishes it.</summary>
public sealed partial class RulesPage
{
    private IReadOnlyList<RuleField> _fields = [];
    private List<RuleVersionView> _versions = [];
    private string? _more;
    private RulesView? _inForce;
    private RulesView? _draft;
    private RulesView? _old;
    private RuleFormatter? _sentences;
    private Problem? _failed;
    private Problem? _problem;
    private string? _conflict;
    private PathStep? _step;
    private ScopedRule? _rule;
    private RuleForm? _form;
    private bool _comparing;
    private bool _discarding;
    private object _times = new();

    /// <summary>Stages whose days are typed but not saved in the draft, because something is wrong with them.</summary>
    private readonly HashSet<Stage> _unkept = [];

    [Inject] private Session Session { get; set; } = null!;

    [Inject] private Formats Formats { get; set; } = null!;

    [Inject] private Toasts Toasts { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <summary>An old version to read.</summary>
    [SupplyParameterFromQuery]
    public int? Version { get; set; }

    /// <summary>The key of a rule to show: where a refused move links to.</summary>
    [SupplyParameterFromQuery]
    public string? Rule { get; set; }

    private bool IsAdmin => Session.Role == Role.Admin;

    private bool CanEdit => IsAdmin && _old is null;

    private RuleSet? Shown => (_old ?? _draft ?? _inForce)?.Rules;

    private RuleSet? Compared => CanEdit ? _inForce?.Rules : null;

    private IReadOnlyList<RuleSetChange> Changes => RuleSetDifference.Between(_inForce!.Rules, _draft!.Rules);

    protected override async Task OnParametersSetAsync()
    {
        if (_inForce is null || Version != _old?.Version)
        {
            await Load();
        }
    }

    private async Task Load()
    {
        ClosePanel();
        _failed = null;
        _old = null;
        var fields = await Session.Send(new ListRuleFields.Query());
        var inForce = await Session.Send(new GetRules.Query());
        var versions = await Session.Send(new ListRuleVersions.Query(new PageRequest(10)));
        if ((fields.Problem ?? inForce.Problem ?? versions.Problem) is { } failed)
        {
            _failed = failed;
            return;
        }

        (_fields, _inForce) = (fields.Value!, inForce.Value!);
        (_versions, _more) = ([.. versions.Value!.Items], versions.Value.Next);
        _sentences = new RuleFormatter(L, Formats, _fields);
        if (IsAdmin)
        {
            await LoadDraft();
        }

        if (Version is { } version)
        {
            var old = await Session.Send(new GetRules.Query(version));
            (_old, _failed) = (old.Value, old.Problem);
        }

        if (Rule is { } key && Shown?.Rules().FirstOrDefault(rule => rule.Key == key) is { } asked)
        {
            PickRule(asked);
        }
    }

    private async Task LoadDraft()
    {
        var draft = await Session.Send(new GetRules.Query(Draft: true));
        (_draft, _failed) = (draft.Value ?? _draft, draft.Problem);
    }

    /// <summary>What somebody is typing in the editor stays.</summary>
    private async Task LoadDraftAgain()
    {
        _conflict = null;
        await LoadDraft();
    }

    /// <summary>Saves the draft; an issue or another's change is reported and nothing is lost.</summary>
    private async Task<Problem?> Keep(RuleSet rules) => await Keep(rules, null);

    private async Task<Problem?> Keep(RuleSet rules, int? basedOn)
    {
        var saved = await Session.Send(new SaveRuleDraft.Command(JsonSerializer.Serialize(rules, WireNames.Json), _draft!.Etag, basedOn));
        _conflict = saved.Problem is { Code: ProblemCode.DraftChanged } changed ? changed.Message : null;
        _problem = saved.Problem is { Code: not (ProblemCode.DraftChanged or ProblemCode.Validation) } failed ? failed : null;
        if (saved.Ok)
        {
            await LoadDraft();
        }

        StateHasChanged();
        return saved.Problem;
    }

    private async Task<Problem?> Publish(string? note)
    {
        var published = await Session.Send(new PublishRules.Command(note, Etag: _draft!.Etag), operation: Guid.NewGuid().ToString("N"));
        _conflict = published.Problem is { Code: ProblemCode.DraftChanged } changed ? changed.Message : null;
        return await InForceNow(published);
    }

    private async Task<Problem?> Restore(int version, string? note) => await InForceNow(
        await Session.Send(new RestoreRuleVersion.Command(version, note), operation: Guid.NewGuid().ToString("N")));

    private async Task AskToPublish() => await Dialogs.ShowAsync<NoteDialog>(null, new DialogParameters<NoteDialog>
    {
        { one => one.Title, L["PublishTitle"].Value }, { one => one.ChildContent, ToPublish }, { one => one.OnConfirm, Publish },
    });

    private async Task AskToRestore(int version) => await Dialogs.ShowAsync<NoteDialog>(null, new DialogParameters<NoteDialog>
    {
        { one => one.Title, L["GoBackTo", version].Value }, { one => one.ChildContent, ToRestore(version) },
        { one => one.Subject, $"{version}" }, { one => one.Note, L["BackNote", version].Value },
        { one => one.OnConfirm, note => Restore(version, note) },
    });

    private async Task<Problem?> InForceNow(Result<PublishRules.Answer> published)
    {
        if (published.Ok)
        {
            Toasts.Done(L["Published", published.Value.Version]);
            await Load();
            StateHasChanged();
        }

        return published.Problem;
    }

    private async Task Discard()
    {
        _discarding = false;
        ClosePanel();
        _unkept.Clear();
        _times = new object();
        await Keep(_inForce!.Rules, _inForce.Version);
    }

    private async Task MoreVersions()
    {
        var versions = await Session.Send(new ListRuleVersions.Query(new PageRequest(10, _more)));
        if (versions.Ok)
        {
            _versions.AddRange(versions.Value.Items);
            _more = versions.Value.Next;
        }

        _problem = versions.Problem;
    }

    private void ReadVersion(int version) => Navigation.NavigateTo($"/rules?version={version}");

    private void LeaveVersion() => Navigation.NavigateTo("/rules");

    private void PickStep(PathStep step)
    {
        ClosePanel();
        _step = step;
    }

    private void PickRule(ScopedRule rule)
    {
        ClosePanel();
        _rule = rule;
        _form = CanEdit ? RuleForm.Of(rule) : null;
    }

    private void AddRule()
    {
        ClosePanel();
        _form = RuleForm.New(Shown!, Stage.Decision);
    }

    private void Kept(ScopedRule? rule)
    {
        ClosePanel();
        Toasts.Done(L[rule is null ? "RuleRemoved" : "RuleKept"]);
    }

    private async Task PutBack(ScopedRule rule)
    {
        if (await Keep(_draft!.Rules.Put(rule.Scope, rule.Requirement)) is null)
        {
            Toasts.Done(L["RulePutBack"]);
        }
    }

    private void ClosePanel() => (_step, _rule, _form) = (null, null, null);
}
