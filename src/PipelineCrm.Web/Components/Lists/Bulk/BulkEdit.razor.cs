using System.Text.Json;
using Microsoft.AspNetCore.Components;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Lists;
using PipelineCrm.Web.Components.Fields;
using PipelineCrm.Web.Components.Forms;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>Asks what is to be changed, shows how far it is and what became of it, and takes it back.</summary>
public sealed partial class BulkEdit
{
    private FieldInput? _input;
    private IReadOnlyList<Choice> _facts = [];
    private string? _missing;

    /// <summary>Whether the field loses its value: that is said, not left to a value that nobody has given yet.</summary>
    private bool _empties;
    private BulkRun? _run;
    private IReadOnlyDictionary<Guid, string> _names = new Dictionary<Guid, string>();

    /// <summary>What may be taken back; null where nothing was changed, or it was taken back.</summary>
    private BulkChange? _change;

    private bool _undone;
    private bool _wrote;

    [Parameter, EditorRequired] public required FactSubject Subject { get; set; }

    [Parameter, EditorRequired] public required string Path { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<ListRow> Rows { get; set; }

    [Parameter, EditorRequired] public required RecordFacts Facts { get; set; }

    /// <summary>The fact to begin with; null: it is chosen.</summary>
    [Parameter] public string? Fact { get; set; }

    /// <summary>Into the archive or out of it; null: a fact is written.</summary>
    [Parameter] public bool? Archive { get; set; }

    /// <summary>A change that is taken back at once; null: one is made.</summary>
    [Parameter] public BulkChange? Back { get; set; }

    /// <summary>Whether anything was written.</summary>
    [Parameter, EditorRequired] public EventCallback<bool> OnClose { get; set; }

    private int Count => Back?.Edits.Count ?? Rows.Count;

    private string Heading => _run is null or { Running: true }
        ? L.Counted(Subject == FactSubject.Deal ? "EditDeals" : "EditCustomers", Count)
        : L[_undone ? "UndoneTitle" : "ResultTitle"];

    private string Deed => Archive switch { null => "ChangeThem", true => "ArchiveThem", false => "RestoreThem" };

    private string TextOf(bool archive) => (Subject, archive) switch
    {
        (FactSubject.Deal, true) => "ArchiveDeals",
        (FactSubject.Deal, false) => "RestoreDeals",
        (FactSubject.Customer, true) => "ArchiveCustomers",
        (FactSubject.Customer, false) => "RestoreCustomers",
    };

    protected override async Task OnInitializedAsync()
    {
        _names = Back?.Names ?? Rows.ToDictionary(row => row.Id, row => row.Name);
        if (Back is null)
        {
            _facts = [.. Facts.Written.Select(fact => new Choice(fact.Key, Facts.NameOf(fact)))];
            Choose(Fact);
            return;
        }

        await TakeBack(Back);
        if (_run!.IsWhole)
        {
            // Nothing was left alone: nobody has to read more than the message.
            Undos.Tell(Back, _run);
            await Close();
        }
    }

    private void Choose(string? key) =>
        (_input, _missing, _empties) =
            (Facts.Find(key) is { } fact ? Empty(fact) : null, null, false);

    private FieldInput Empty(FactView fact) => new(fact, null, null, Session.Organisation.BaseCurrency);

    private async Task Start()
    {
        if (_run is not null)
        {
            // The second press of a double click, sent before the form was gone.
            return;
        }

        var fields = JsonFieldDictionary.None;
        if (Archive is null)
        {
            if (_input is null || (!_empties && (_input.Mistake is not null || _input.IsEmpty)))
            {
                _missing = _input?.Mistake ?? L[_input?.Fact.Required == false ? "ValueOrEmpty" : "ValueMissing"].Value;
                return;
            }

            fields = Fields(_empties ? Empty(_input.Fact) : _input);
        }

        _run = new BulkRun(Rows.Count);
        await _run.Send([.. Rows.Select(row => new SeenRecord(row.Id, row.Version))],
            part => Session.Send(new EditRecords.Command(Subject, part, fields, Archive)), StateHasChanged);
        if (_run.Edits.Changed is { Count: > 0 } changed)
        {
            _change = new BulkChange(Subject, Rows, changed);
            _wrote = true;
        }
    }

    private async Task TakeBack(BulkChange change)
    {
        if (_undone)
        {
            return;
        }

        (_undone, _change, _run) = (true, null, new BulkRun(change.Edits.Count));
        await _run.Send(change.Edits, part => Session.Send(new UndoEdits.Command(Subject, part)), StateHasChanged);
        _wrote |= _run.Edits.Changed.Count > 0;
        Undos.Undone(change, _run);
    }

    private async Task Close()
    {
        if (_run is { Running: true })
        {
            // While parts are on their way it goes on or is stopped, but is not lost from sight.
            _run.Stop();
            return;
        }

        if (_change is { } change)
        {
            Undos.Offer(change);
        }

        await OnClose.InvokeAsync(_wrote);
    }

    private static JsonFieldDictionary Fields(FieldInput input)
    {
        var values = new Dictionary<string, object?> { [input.Fact.Field] = input.Value };
        if (input.Fact.CurrencyKey is { } currency)
        {
            values[currency] = input.IsEmpty ? null : input.Currency;
        }

        return new(values.Select(one => KeyValuePair.Create(one.Key, JsonSerializer.SerializeToElement(one.Value, WireNames.Json))));
    }
}
