using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Forms;

namespace PipelineCrm.Web.Components.Fields;

public sealed partial class CustomFieldDialog
{
    private string? _en;
    private string? _zh;
    private string? _subject = FactSubject.Deal.ToWire();
    private string? _key;
    private string? _type = FactType.Text.ToWire();
    private string? _position;
    private string? _positionMistake;
    private bool _used = true;
    private long _version;
    private List<Row> _choices = [];
    private FormDraft? _draft;
    private Problem? _problem;
    private CustomFieldView? _theirs;
    private bool _saving;

    [CascadingParameter]
    public IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Null for a new one.</summary>
    [Parameter]
    public CustomFieldView? Field { get; set; }

    private IReadOnlyList<Choice> Subjects =>
        [.. Enum.GetValues<FactSubject>().Select(subject => new Choice(subject.ToWire(), L["Of" + subject]))];

    private IReadOnlyList<Choice> Types => [.. CustomField.Types.Select(type => new Choice(type.ToWire(), L["Type" + type]))];

    private FactType Type => Field?.Type ?? WireNames.Parse<FactType>(_type ?? FactType.Text.ToWire());

    private bool HasChoices => Type is FactType.Choice or FactType.Choices;

    protected override void OnInitialized() => Show(Field);

    private void Show(CustomFieldView? field)
    {
        (_theirs, _problem) = (null, null);
        if (field is not null)
        {
            (_en, _zh, _used, _version) = (field.Name.En, field.Name.Chinese, !field.Retired, field.Version);
            _position = field.Position.ToString(CultureInfo.CurrentCulture);
            _choices = [.. field.Choices.Where(choice => !choice.Retired)
                .Select(choice => new Row { Code = choice.Code, En = choice.Name.En, Zh = choice.Name.Chinese, Fixed = true })];
        }
    }

    private void Restore(string state) => _choices = Drafts.Read<List<Row>>(state) ?? _choices;

    private Task Save() => Save(_version);

    private async Task Save(long version)
    {
        _positionMistake = Field is null || int.TryParse(_position, NumberStyles.None, CultureInfo.CurrentCulture, out _) ? null
            : L["PositionForm"].Value;
        if (_saving || _positionMistake is not null)
        {
            return;
        }

        _saving = true;
        var result = Field is null
            ? await Session.Send(Add(), operation: _draft!.Operation)
            : await Session.Send(Change(Field.Key, version), operation: _draft!.Operation);
        (_problem, _theirs, _saving) = (result.Problem, result.Problem?.Detail as CustomFieldView, false);
        if (result.Ok)
        {
            await _draft.Drop();
            Dialog.Close(result.Value);
        }
    }

    private AddCustomField.Command Add() =>
        new AddCustomField.Command(WireNames.Parse<FactSubject>(_subject!), _key ?? "", Type, new LocalizedText(_en ?? "", _zh ?? ""),
            HasChoices ? Chosen() : null);

    private ChangeCustomField.Command Change(string key, long version) => new ChangeCustomField.Command(
        key, new LocalizedText(_en ?? "", _zh ?? ""), HasChoices ? Chosen() : null,
        int.Parse(_position!, NumberStyles.None, CultureInfo.CurrentCulture), !_used, version);

    private List<CustomChoice> Chosen() =>
        _choices.ConvertAll(row => new CustomChoice(row.Code ?? "", new LocalizedText(row.En ?? "", row.Zh ?? "")));

    /// <summary>One choice while it is being written.</summary>
    private sealed class Row
    {
        public string? Code { get; set; }

        public string? En { get; set; }

        public string? Zh { get; set; }

        /// <summary>A code that was saved stays what it is: old records name it.</summary>
        public bool Fixed { get; set; }
    }
}
