using Microsoft.AspNetCore.Components;
using PipelineCrm.Customers;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Components.Forms;

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
        var type = WireNames.TryParse<CustomerType>(_type, out var chosen) ? chosen : CustomerType.Organisation;
        var result = _seen is null
            ? await Session.Send(new CreateCustomer.Command(_name ?? "", type, _email, _phone, _source))
            : await Update(version, Changes(_seen, type));
        (_problem, _conflict, _saving) = (result.Problem, result.Problem?.Detail as CustomerConflict, false);
        if (result.Ok)
        {
            await _draft!.Drop();
            await OnSaved.InvokeAsync(result.Value);
        }
    }

    /// <summary>Sent again by itself where somebody else changed only what this form does not send.</summary>
    private async Task<Result<CustomerView>> Update(long version, CustomerFields fields)
    {
        var result = await Session.Send(new UpdateCustomer.Command(_seen!.Id, version, fields));
        return result.Problem?.Detail is CustomerConflict conflict && !conflict.Fields.Any(field => Sends(fields, field))
            ? await Session.Send(new UpdateCustomer.Command(_seen.Id, conflict.Version, fields))
            : result;
    }

    private static bool Sends(CustomerFields fields, string field) => field switch
    {
        "name" => fields.Name.IsSet,
        "type" => fields.Type.IsSet,
        "email" => fields.Email.IsSet,
        "phone" => fields.Phone.IsSet,
        "source" => fields.Source.IsSet,
        _ => false,
    };

    /// <summary>Only what was changed here is sent.</summary>
    private CustomerFields Changes(CustomerView seen, CustomerType type) => new()
    {
        Name = Text(_name, seen.Name),
        Type = type == seen.Type ? default(Optional<CustomerType>) : type,
        Email = Text(_email, seen.Email),
        Phone = Text(_phone, seen.Phone),
        Source = Text(_source, seen.Source),
    };

    private static Optional<string?> Text(string? typed, string? seen) => (typed ?? "") == (seen ?? "") ? default : new Optional<string?>(true, typed);
}
