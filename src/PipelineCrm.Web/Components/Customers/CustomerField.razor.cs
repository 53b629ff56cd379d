using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PipelineCrm.Access;
using PipelineCrm.Customers;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Fields;
using PipelineCrm.Web.Components.Forms;

namespace PipelineCrm.Web.Components.Customers;

public sealed partial class CustomerField
{
    private FieldInput? _input;
    private FormDraft? _draft;
    private Problem? _problem;
    private CustomerConflict? _conflict;
    private string? _person;
    private bool _busy;

    [Parameter, EditorRequired]
    public required CustomerView Customer { get; set; }

    [Parameter, EditorRequired]
    public required FactView Fact { get; set; }

    [Parameter]
    public bool Editing { get; set; }

    [Parameter]
    public EventCallback OnEdit { get; set; }

    [Parameter]
    public EventCallback OnSaved { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    private string Subject => $"{Customer.Id} {Fact.Field}";

    private bool MayEdit => Fact.Writable && Session.Role != Role.Viewer && Customer.ArchivedAt is null;

    private JsonElement? Value => new CustomerFactValues(Customer).Of(Fact);

    private string Text => Value is { } value ? Facts.Value(Fact, value, null, _person) : L["NotKnown"];

    protected override async Task OnParametersSetAsync()
    {
        if (Editing && _input is null)
        {
            _input = new FieldInput(Fact, Value, null, Session.Organisation.BaseCurrency);
        }
        else if (!Editing)
        {
            (_input, _problem, _conflict) = (null, null, null);
        }

        if (Fact.Type == FactType.User && Value is { } somebody)
        {
            _person = (await Session.Send(new ListUserSummaries.Query())).Value?.FirstOrDefault(
                person => person.Id.ToString() == somebody.GetString())?.DisplayName;
        }
    }

    private Task Key(KeyboardEventArgs key) => key.Key == "Escape" ? GiveUp() : Task.CompletedTask;

    private async Task GiveUp()
    {
        await _draft!.Drop();
        await OnClose.InvokeAsync();
    }

    private Task Save() => _input!.IsChanged ? Save(Customer.Version) : OnClose.InvokeAsync();

    /// <summary>What somebody else changed meanwhile elsewhere is nothing to ask about.</summary>
    private async Task Save(long version)
    {
        if (_busy || _input!.Mistake is not null)
        {
            return;
        }

        _busy = true;
        var fields = new CustomerFields();
        _input.AddTo(fields);
        var result = await Session.Send(new UpdateCustomer.Command(Customer.Id, version, fields));
        if (result.Problem?.Detail is CustomerConflict elsewhere && !elsewhere.Fields.Any(fields.Sends))
        {
            result = await Session.Send(new UpdateCustomer.Command(Customer.Id, elsewhere.Version, fields));
        }

        (_problem, _conflict, _busy) = (result.Problem, result.Problem?.Detail as CustomerConflict, false);
        if (result.Ok)
        {
            await _draft!.Drop();
            await OnSaved.InvokeAsync();
        }
    }
}
