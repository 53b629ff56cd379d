using Microsoft.AspNetCore.Components;
using MudBlazor;
using PipelineCrm.Customers;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Fields;
using PipelineCrm.Web.Components.Forms;

namespace PipelineCrm.Web.Components.Customers;

public sealed partial class CustomerDialog
{
    private IReadOnlyList<FieldInput> _inputs = [];
    private CustomerView? _seen;
    private Problem? _problem;
    private CustomerConflict? _conflict;
    private FormDraft? _draft;
    private IReadOnlyList<CustomerHit> _alike = [];
    private bool _asked;
    private bool _saving;

    [CascadingParameter]
    public IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Null for a new one.</summary>
    [Parameter]
    public CustomerView? Customer { get; set; }

    protected override void OnInitialized() => Show(Customer);

    private void Show(CustomerView? customer)
    {
        _seen = customer;
        var values = customer is null ? null : new CustomerFactValues(customer);
        _inputs =
        [
            .. Session.Facts.Where(fact => fact is { Subject: FactSubject.Customer, Writable: true })
                .Select(fact => new FieldInput(fact, values is null ? fact.Default : values.Of(fact), null,
                    Session.Organisation.BaseCurrency)),
        ];
    }

    private Task Save() => Save(_seen?.Version ?? 0);

    private Task ApplyMine() => Save(_conflict!.Version);

    private async Task KeepTheirs()
    {
        var now = await Session.Send(new GetCustomer.Query(_seen!.Id));
        (_problem, _conflict) = (now.Problem, null);
        if (now.Ok)
        {
            Show(now.Value);
        }
    }

    private async Task Save(long version)
    {
        if (_saving || _inputs.Any(input => input.Mistake is not null))
        {
            return;
        }

        _saving = true;
        if (await IsThereAlready())
        {
            _saving = false;
            return;
        }

        var result = _seen is null
            ? await Session.Send(new CreateCustomer.Command(Sent(input => !input.IsEmpty || input.Fact.Required)),
                operation: _draft!.Operation)
            : await Update(version);
        _alike = [];
        (_problem, _conflict, _saving) = (result.Problem, result.Problem?.Detail as CustomerConflict, false);
        if (result.Ok)
        {
            await _draft!.Drop();
            Dialog.Close(result.Value);
        }
    }

    /// <summary>
    /// Asked once, and never refused: two customers may well be called the same. Not asked of what was restored: its likeness may be
    /// itself, saved under the same operation.
    /// </summary>
    private async Task<bool> IsThereAlready()
    {
        if (_seen is not null || _asked || _draft!.IsRestored)
        {
            return false;
        }

        var found = await Session.Send(
            new FindSimilarCustomers.Query(Typed(FieldKey.CustomerName), Typed(FieldKey.CustomerEmail), Typed(FieldKey.CustomerPhone)));
        _alike = found.Value?.Items ?? [];
        _asked = _alike.Count > 0;
        return _asked;
    }

    private string? Typed(string key) => _inputs.FirstOrDefault(input => input.Fact.Key == key)?.Text;

    /// <summary>Only what was changed here is sent, and again by itself where somebody else changed only what this form does not
    /// send.</summary>
    private async Task<Result<CustomerView>> Update(long version)
    {
        var fields = Sent(input => input.IsChanged);
        var result = await Session.Send(new UpdateCustomer.Command(_seen!.Id, version, fields), operation: _draft!.Operation);
        return result.Problem?.Detail is CustomerConflict conflict && !conflict.Fields.Any(fields.Sends)
            ? await Session.Send(new UpdateCustomer.Command(_seen.Id, conflict.Version, fields), operation: _draft.Operation)
            : result;
    }

    private CustomerFields Sent(Func<FieldInput, bool> which)
    {
        var fields = new CustomerFields();
        foreach (var input in _inputs.Where(which))
        {
            input.AddTo(fields);
        }

        return fields;
    }

    /// <summary>What a changed field is called; what is no fact has a text of its own.</summary>
    private string Called(string field) => Facts.InHistory(FactSubject.Customer, field) is { } fact ? FactFormatter.ShortName(fact)
        : L["Field_" + field];
}
