using Microsoft.AspNetCore.Components;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Components.Fields;
using PipelineCrm.Web.Components.Forms;

namespace PipelineCrm.Web.Components.Deals;

public sealed partial class DealFieldEditor
{
    /// <summary>Focus that moves from one control of the form to the next does not leave it.</summary>
    private static readonly TimeSpan FocusMoves = TimeSpan.FromMilliseconds(150);

    private FieldInput _input = null!;
    private Problem? _problem;
    private ConflictDetail? _conflict;
    private DealView? _now;
    private string _theirs = "";
    private FormDraft? _draft;
    private bool _busy;
    private bool _left;
    private bool _done;

    [Parameter, EditorRequired]
    public required DealView Deal { get; set; }

    /// <summary>The key of a fact that people write of a deal.</summary>
    [Parameter, EditorRequired]
    public required string Field { get; set; }

    [Parameter]
    public Codes? Codes { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<DealView> OnSaved { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnClose { get; set; }

    protected override void OnInitialized() =>
        _input = new FieldInput(Session.Fact(Field)!, Deal.Fields.TryGetValue(Field, out var value) ? value : null, Deal.Currency,
            Session.Organisation.BaseCurrency);

    public void Dispose() => _done = true;

    private async Task GiveUp()
    {
        _done = true;
        await _draft!.Drop();
        await OnClose.InvokeAsync();
    }

    private async Task Left()
    {
        _left = true;
        await Task.Delay(FocusMoves);
        if (_left && !_done && _conflict is null && _problem is null && !_input.IsAsking)
        {
            await Save();
        }
    }

    private Task Save() => _input.IsChanged && !Unread ? Save(Deal.Version) : Unread ? Task.CompletedTask : OnClose.InvokeAsync();

    private bool Unread => _input.Mistake is not null;

    private async Task Save(long version)
    {
        if (_busy || _done || Unread || (Deal.Outcome == Outcome.Open && _input.Asks(Formats.Today)))
        {
            return;
        }

        _busy = true;
        var result = await Session.Send(new UpdateDeal.Command(Deal.Id, version, Fields()), operation: _draft!.Operation);
        if (result.Problem?.Detail is ConflictDetail { Changed: "fields" } elsewhere && !elsewhere.Fields.Any(Mine))
        {
            result = await Session.Send(new UpdateDeal.Command(Deal.Id, elsewhere.Version, Fields()), operation: _draft.Operation);
        }

        (_problem, _busy) = (result.Problem, false);
        if (result.Ok)
        {
            _done = true;
            await _draft!.Drop();
            await OnSaved.InvokeAsync(result.Value);
        }
        else if (result.Problem.Detail is ConflictDetail conflict)
        {
            await Ask(conflict);
        }
    }

    /// <summary>Shows what stands there now beside what was typed. A move meanwhile does not touch this field.</summary>
    private async Task Ask(ConflictDetail conflict)
    {
        var now = await Session.Send(new GetDeal.Query(Deal.Id));
        (_problem, _now) = (now.Problem, now.Value);
        if (_now is not null)
        {
            (_conflict, _theirs) = (conflict, ValueOf(_now));
        }
    }

    private async Task KeepTheirs()
    {
        _done = true;
        await OnSaved.InvokeAsync(_now!);
    }

    private bool Mine(string field) => field == Field || field == _input.Fact.CurrencyKey;

    private string ValueOf(DealView deal) => deal.Fields.TryGetValue(Field, out var value)
        ? Facts.Value(_input.Fact, value, deal.Currency, Field == FieldKey.OwnerId ? deal.OwnerName : null)
        : L["NotKnown"];

    private MoveFields Fields()
    {
        var fields = new MoveFields();
        _input.AddTo(fields);
        return fields;
    }
}
