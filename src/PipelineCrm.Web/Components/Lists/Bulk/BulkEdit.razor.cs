using System.Text.Json;
using Microsoft.AspNetCore.Components;
using PipelineCrm.Domain;
using PipelineCrm.Lists;
using PipelineCrm.Web.Components.Fields;
using PipelineCrm.Web.Components.Forms;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>Sends a change of many records in parts, so that one sees how far it is and may stop; keeps what takes all of it
/// back.</summary>
public sealed partial class BulkEdit
{
    /// <summary>How many at a time: few enough that the bar moves.</summary>
    private const int Part = 20;

    private FieldInput? _input;
    private IReadOnlyList<Choice> _facts = [];
    private string? _missing;
    private Problem? _problem;
    private bool _running;
    private bool _stop;
    private bool _undone;
    private bool _wrote;
    private int _done;
    private int _of;
    private RecordEdits? _edits;

    [Parameter, EditorRequired] public required FactSubject Subject { get; set; }

    [Parameter, EditorRequired] public required string Path { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<ListRow> Rows { get; set; }

    [Parameter, EditorRequired] public required RecordFacts Facts { get; set; }

    /// <summary>The fact to begin with; null: it is chosen.</summary>
    [Parameter] public string? Fact { get; set; }

    /// <summary>Into the archive or out of it; null: a fact is written.</summary>
    [Parameter] public bool? Archive { get; set; }

    /// <summary>Whether anything was written.</summary>
    [Parameter, EditorRequired] public EventCallback<bool> OnClose { get; set; }

    private string Heading => _edits is null || _running
        ? L.Counted(Subject == FactSubject.Deal ? "EditDeals" : "EditCustomers", Rows.Count)
        : L[_undone ? "UndoneTitle" : "ResultTitle"];

    private string Deed => Archive switch { null => "ChangeThem", true => "ArchiveThem", false => "RestoreThem" };

    private string TextOf(bool archive) => (Subject, archive) switch
    {
        (FactSubject.Deal, true) => "ArchiveDeals",
        (FactSubject.Deal, false) => "RestoreDeals",
        (FactSubject.Customer, true) => "ArchiveCustomers",
        (FactSubject.Customer, false) => "RestoreCustomers",
    };

    protected override void OnInitialized()
    {
        _facts = [.. Facts.Written.Select(fact => new Choice(fact.Key, Facts.NameOf(fact)))];
        Choose(Fact);
    }

    private void Choose(string? key) =>
        (_input, _missing) = (Facts.Find(key) is { } fact ? new FieldInput(fact, null, null, Session.Organisation.BaseCurrency) : null,
            null);

    private async Task Start()
    {
        var fields = JsonFieldDictionary.None;
        if (Archive is null)
        {
            if (_input is null || _input.Mistake is not null || (_input.Fact.Required && _input.IsEmpty))
            {
                _missing = _input?.Mistake ?? L["ValueMissing"].Value;
                return;
            }

            fields = Fields(_input);
        }

        await Run([.. Rows.Select(row => new SeenRecord(row.Id, row.Version))], part =>
            Session.Send(new EditRecords.Command(Subject, part, fields, Archive)));
    }

    private async Task Undo()
    {
        _undone = true;
        await Run(_edits!.Changed, part => Session.Send(new UndoEdits.Command(Subject, part)));
    }

    private async Task Run<T>(IReadOnlyList<T> all, Func<IReadOnlyList<T>, Task<Result<RecordEdits>>> send)
    {
        (_running, _stop, _problem, _done, _of) = (true, false, null, 0, all.Count);
        var (changed, unchanged, refused) = (new List<RecordEdit>(), 0, new List<RecordRefusal>());
        foreach (var part in all.Chunk(Part))
        {
            var result = await send(part);
            if (!result.Ok)
            {
                _problem = result.Problem;
                break;
            }

            changed.AddRange(result.Value.Changed);
            refused.AddRange(result.Value.Refused);
            (unchanged, _done) = (unchanged + result.Value.Unchanged, _done + part.Length);
            _wrote |= result.Value.Changed.Count > 0;
            StateHasChanged();
            if (_stop)
            {
                break;
            }
        }

        _running = false;
        _edits = new RecordEdits(changed, unchanged, refused);
    }

    private Task Close()
    {
        // While parts are on their way it goes on or is stopped, but is not lost from sight.
        _stop |= _running;
        return _running ? Task.CompletedTask : OnClose.InvokeAsync(_wrote);
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
