using System.Text.Json;
using Microsoft.AspNetCore.Components;
using PipelineCrm.Domain;
using PipelineCrm.Rules;
using PipelineCrm.Web.Components.Forms;

namespace PipelineCrm.Web.Components.Rules;

/// <summary>One rule: where it stands, what it asks, what it does, what it says. Nothing is saved until the button is pressed.</summary>
public sealed partial class RuleEditor
{
    private static readonly Role[] Overriders = [Role.Rep, Role.Manager, Role.Admin];

    private ElementReference _panel;
    private FormDraft? _draft;
    private bool _busy;
    private Problem? _problem;
    private string _path = "";
    private RuleForm? _shown;
    private string _english = "";
    private string _chinese = "";

    [Parameter, EditorRequired] public required RuleForm Form { get; set; }

    [Parameter, EditorRequired] public required RuleSet Rules { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<RuleField> Fields { get; set; }

    [Parameter, EditorRequired] public required RuleFormatter Sentences { get; set; }

    /// <summary>Keeps the changed draft; answers why not, if so.</summary>
    [Parameter, EditorRequired] public required Func<RuleSet, Task<Problem?>> Keep { get; set; }

    /// <summary>After the draft was saved: the rule as it is now, null where it was removed.</summary>
    [Parameter, EditorRequired] public EventCallback<ScopedRule?> OnKept { get; set; }

    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }

    /// <summary>Whether every issue is shown at a field of this form.</summary>
    private bool Told => _problem is { Errors.Count: > 0 } problem
        && problem.Errors.Keys.All(key => key.StartsWith($"{_path}.", StringComparison.Ordinal) && IsShown(key[(_path.Length + 1)..]));

    private IReadOnlyList<Choice> Places =>
    [
        .. Stages.All.Select(stage => Named(RuleScope.Enter(stage))),
        .. Stages.All.Select(stage => Named(RuleScope.Leave(stage))),
        .. Rules.Moves.Select(row => row.Kind).Distinct().Select(kind => Named(RuleScope.Of(kind))),
    ];

    private IReadOnlyList<Choice> Modes =>
        [.. Enum.GetValues<RequirementMode>().Select(mode => new Choice(mode.ToWire(), L["ModeText" + mode]))];

    private Choice Named(RuleScope place) => new(place.ToString(), L[$"Where{place.Kind}", Sentences.PlaceName(place)]);

    /// <summary>What the conditions were when a message was last written stands in <see cref="_english"/> and
    /// <see cref="_chinese"/>.</summary>
    private bool SaidForOthers => (Form.MessageEn.Length > 0 && _english != Asked) || (Form.MessageZh.Length > 0 && _chinese != Asked);

    private string Asked
    {
        get
        {
            var rule = Form.Rule(Fields).Requirement;
            return JsonSerializer.Serialize(new { rule.All, rule.Any }, WireNames.Json);
        }
    }


    protected override void OnParametersSet()
    {
        if (_shown != Form)
        {
            _shown = Form;
            _english = _chinese = Asked;
        }
    }

    private void SayInEnglish(string? text) => (Form.MessageEn, _english) = (text ?? "", Asked);

    private void SayInChinese(string? text) => (Form.MessageZh, _chinese) = (text ?? "", Asked);

    /// <summary>Who opens the editor is taken to it.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _panel.FocusAsync();
        }
    }

    private void ChoosePlace(string? chosen)
    {
        var places = Stages.All.Select(RuleScope.Enter).Concat(Stages.All.Select(RuleScope.Leave))
            .Concat(Enum.GetValues<MoveKind>().Select(RuleScope.Of));
        Form.Place = places.First(place => place.ToString() == chosen);
        if (Form.Original is null)
        {
            Form.Key = Rules.NewKey(Form.Place);
        }
    }

    private void ChooseMode(string? chosen) => Form.Mode = WireNames.Parse<RequirementMode>(chosen!);

    private void Toggle(Role role)
    {
        if (!Form.OverrideBy.Remove(role))
        {
            Form.OverrideBy.Add(role);
        }
    }

    private void RemoveLeaf(ConditionPartForm part, ConditionForm leaf)
    {
        part.Leaves.Remove(leaf);
        if (part.Leaves.Count == 0)
        {
            Form.Parts.Remove(part);
        }
    }

    private void Restore(string state)
    {
        if (Drafts.Read<ScopedRule>(state) is { } rule)
        {
            var (english, chinese) = (Form.MessageEn, Form.MessageZh);
            Form.Take(rule);
            Form.Key = Form.Original?.Key ?? Rules.NewKey(Form.Place);
            (_english, _chinese) = (Form.MessageEn == english ? _english : Asked, Form.MessageZh == chinese ? _chinese : Asked);
        }
    }

    private static bool IsAll(ChangeEventArgs change) => change.Value is "all";

    private static string GroupName(bool all) => all ? "all" : "any";

    private Task Save()
    {
        var rule = Form.Rule(Fields);
        return Send(Rules.Put(rule.Scope, rule.Requirement, Form.Original), rule);
    }

    private async Task Send(RuleSet changed, ScopedRule? rule)
    {
        _busy = true;
        _path = rule is null ? "" : changed.PathOf(rule.Scope, rule.Key) ?? "";
        _problem = await Keep(changed);
        _busy = false;
        if (_problem is null)
        {
            await _draft!.Drop();
            await OnKept.InvokeAsync(rule);
        }
    }

    private string? WrongAt(string part) => _problem.At($"{_path}.{part}");

    private static bool IsShown(string part) => part is "message.en" or "message.zh-CN"
        || part.EndsWith(".field", StringComparison.Ordinal) || part.EndsWith(".op", StringComparison.Ordinal)
        || part.EndsWith(".value", StringComparison.Ordinal);
}
