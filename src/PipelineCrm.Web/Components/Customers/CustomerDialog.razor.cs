using Microsoft.AspNetCore.Components;
using PipelineCrm.Catalog;
using PipelineCrm.Common;
using PipelineCrm.Customers;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Shared;

namespace PipelineCrm.Web.Components.Customers;

public sealed partial class CustomerDialog
{
    private string? _name;
    private string? _type = CustomerType.Organisation.ToWire();
    private string? _email;
    private string? _phone;
    private string? _source;
    private CustomerView? _seen;
    private IReadOnlyList<Choice> _sources = [];
    private Problem? _problem;
    private CustomerConflict? _conflict;
    private FormDraft? _draft;
    private IReadOnlyList<CustomerHit> _alike = [];
    private bool _asked;
    private bool _saving;

    /// <summary>Null for a new one.</summary>
    [Parameter]
    public CustomerView? Customer { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnClose { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<CustomerView> OnSaved { get; set; }

    private IReadOnlyList<Choice> Types =>
        [.. Enum.GetValues<CustomerType>().OrderDescending().Select(type => new Choice(type.ToWire(), L["Type_" + type]))];

    protected override async Task OnInitializedAsync()
    {
        Show(Customer);
        var codes = await Session.Send(new ListCodes.Query());
        if (codes.Ok)
        {
            _sources = Choices.Of(codes.Value.Sources, _source);
        }
    }

    private void Show(CustomerView? customer)
    {
        _seen = customer;
        if (customer is not null)
        {
            (_name, _type, _email, _phone, _source) = (customer.Name, customer.Type.ToWire(), customer.Email, customer.Phone, customer.Source);
        }
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
        if (_saving)
        {
            return;
        }

        _saving = true;
        if (await IsThereAlready())
        {
            _saving = false;
            return;
        }

        var type = WireNames.TryParse<CustomerType>(_type, out var chosen) ? chosen : CustomerType.Organisation;
        var result = _seen is null
            ? await Session.Send(new CreateCustomer.Command(_name ?? "", type, _email, _phone, _source), operation: _draft!.Operation)
            : await Update(version, Changes(_seen, type));
        _alike = [];
        (_problem, _conflict, _saving) = (result.Problem, result.Problem?.Detail as CustomerConflict, false);
        if (result.Ok)
        {
            await _draft!.Drop();
            await OnSaved.InvokeAsync(result.Value);
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

        var found = await Session.Send(new FindSimilarCustomers.Query(_name, _email, _phone));
        _alike = found.Value?.Items ?? [];
        _asked = _alike.Count > 0;
        return _asked;
    }

    /// <summary>Sent again by itself where somebody else changed only what this form does not send.</summary>
    private async Task<Result<CustomerView>> Update(long version, CustomerFields fields)
    {
        var result = await Session.Send(new UpdateCustomer.Command(_seen!.Id, version, fields), operation: _draft!.Operation);
        return result.Problem?.Detail is CustomerConflict conflict && !conflict.Fields.Any(field => Sends(fields, field))
            ? await Session.Send(new UpdateCustomer.Command(_seen.Id, conflict.Version, fields), operation: _draft.Operation)
            : result;
    }

    private static bool Sends(CustomerFields fields, string field) => field switch
    {
        "name" => fields.Name.IsSent,
        "type" => fields.Type.IsSent,
        "email" => fields.Email.IsSent,
        "phone" => fields.Phone.IsSent,
        "source" => fields.Source.IsSent,
        _ => false,
    };

    /// <summary>Only what was changed here is sent.</summary>
    private CustomerFields Changes(CustomerView seen, CustomerType type) => new()
    {
        Name = Text(_name, seen.Name),
        Type = type == seen.Type ? default(Sent<CustomerType>) : type,
        Email = Text(_email, seen.Email),
        Phone = Text(_phone, seen.Phone),
        Source = Text(_source, seen.Source),
    };

    private static Sent<string?> Text(string? typed, string? seen) => (typed ?? "") == (seen ?? "") ? default : new Sent<string?>(true, typed);
}
