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
    private readonly CancellationTokenSource _gone = new();
    private FieldInput? _input;
    private BulkMove? _move;
    private IReadOnlyList<Choice> _facts = [];
    private string? _missing;

    /// <summary>Whether the field loses its value: that is said, not left to a value that nobody has given yet.</summary>
    private bool _empties;

    /// <summary>What is shown of it; null: it is still asked for.</summary>
    private BulkJobView? _job;

    private bool _sent;
    private Problem? _problem;

    [Parameter, EditorRequired] public required FactSubject Subject { get; set; }

    [Parameter, EditorRequired] public required string Path { get; set; }

    /// <summary>What is to be done, as far as it is said.</summary>
    [Parameter, EditorRequired] public required BulkAsk Ask { get; set; }

    [Parameter, EditorRequired] public required RecordFacts Facts { get; set; }

    /// <summary>It has begun: the records are no longer chosen, under versions that will soon be old.</summary>
    [Parameter] public EventCallback OnStarted { get; set; }

    /// <summary>Whether anything was written.</summary>
    [Parameter, EditorRequired] public EventCallback<bool> OnClose { get; set; }

    private string Heading => _job is null or { Running: true, IsUndo: false }
        ? L.Counted(Ask.Moves || _job is { IsMove: true } ? "MoveDeals" : Subject == FactSubject.Deal ? "EditDeals" : "EditCustomers",
            _job?.Of ?? Ask.Back?.Changed ?? Ask.Records.Count)
        : L[_job.IsUndo ? "UndoneTitle" : "ResultTitle"];

    /// <summary>Whether there is something that was changed and may be taken back.</summary>
    private bool MayUndo => _job is { Running: false, IsUndo: false, Changed: > 0 };

    private string Deed => Ask.Moves ? "MoveThem"
        : Ask.Archive switch { null => "ChangeThem", true => "ArchiveThem", false => "RestoreThem" };

    private string TextOf(bool archive) => (Subject, archive) switch
    {
        (FactSubject.Deal, true) => "ArchiveDeals",
        (FactSubject.Deal, false) => "RestoreDeals",
        (FactSubject.Customer, true) => "ArchiveCustomers",
        (FactSubject.Customer, false) => "RestoreCustomers",
    };

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (Ask.Job is { } job)
        {
            await Watch(job);
        }
        else if (Ask.Back is { } back)
        {
            await TakeBack(back);
            if (_job is { Running: false, IsWhole: true })
            {
                // Nothing was left alone: nobody has to read more than the message.
                Jobs.Tell(_job);
                await Close();
            }
        }
        else if (!Ask.Moves)
        {
            _facts = [.. Facts.Written.Select(fact => new Choice(fact.Key, Facts.NameOf(fact)))];
            Choose(Ask.Fact);
        }
    }

    private void Choose(string? key) =>
        (_input, _missing, _empties) =
            (Facts.Find(key) is { } fact ? Empty(fact) : null, null, false);

    private void Choose(BulkMove? move) => (_move, _missing) = (move, null);

    private FieldInput Empty(FactView fact) => new(fact, null, null, Session.Organisation.BaseCurrency);

    private async Task Start()
    {
        if (_sent)
        {
            // The second press of a double click, sent before the form was gone.
            return;
        }

        var fields = JsonFieldDictionary.None;
        if (Ask.Moves && _move is null)
        {
            _missing = L["ChooseTarget"];
            return;
        }

        if (Ask is { Moves: false, Archive: null })
        {
            if (_input is null || (!_empties && (_input.Mistake is not null || _input.IsEmpty)))
            {
                _missing = _input?.Mistake ?? L[_input?.Fact.Required == false ? "ValueOrEmpty" : "ValueMissing"].Value;
                return;
            }

            fields = Fields(_empties ? Empty(_input.Fact) : _input);
        }

        await Send(new StartBulkJob.Command(Subject, Ask.Records, fields, Ask.Archive, _move), OnStarted);
    }

    private async Task TakeBack(BulkJobView job)
    {
        if (_sent && _job is not { Running: false, IsUndo: false })
        {
            return;
        }

        await Session.Send(new CloseBulkJob.Command(job.Id));
        await Send(new UndoBulkJob.Command(job.Id), EventCallback.Empty);
        if (_job is { Running: false, IsUndo: true } undo)
        {
            Jobs.Undone(job, undo);
        }
    }

    private async Task Send(IRequest<BulkJobView> request, EventCallback begun)
    {
        (_sent, _problem) = (true, null);
        var started = await Session.Send(request, Ask.Moves ? Channel.Board : Channel.Page, Guid.NewGuid().ToString());
        if (started.Ok)
        {
            await begun.InvokeAsync();
            await Watch(started.Value);
        }
        else
        {
            (_sent, _problem) = (false, started.Problem);
        }
    }

    private async Task Watch(BulkJobView job)
    {
        _job = job;
        StateHasChanged();
        try
        {
            var watched = await Jobs.Watch(job, Show, _gone.Token);
            (_job, _problem) = (watched.Value ?? _job, watched.Problem);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The sheet was closed: the job goes on, and its list says how far it is.
        }
    }

    private void Show(BulkJobView job)
    {
        _job = job;
        StateHasChanged();
    }

    private async Task Stop()
    {
        var stopped = await Session.Send(new StopBulkJob.Command(_job!.Id));
        (_job, _problem) = (stopped.Value ?? _job, stopped.Problem);
    }

    private async Task Close()
    {
        if (_job is { Running: false } ended)
        {
            await Session.Send(new CloseBulkJob.Command(ended.Id));
            if (MayUndo)
            {
                Jobs.Offer(ended);
            }
        }

        await OnClose.InvokeAsync(_job is { } job && (job.Running || job.Changed > 0));
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
