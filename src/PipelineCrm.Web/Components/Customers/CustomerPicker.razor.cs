using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using PipelineCrm.Customers;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Forms;

namespace PipelineCrm.Web.Components.Customers;

/// <summary>Chooses a customer, or names a new one. A name that several carry chooses none of them: the person does.</summary>
public sealed partial class CustomerPicker
{
    private IReadOnlyList<CustomerHit> _hits = [];
    private IReadOnlyList<CustomerHit> _alike = [];
    private string? _askedOf;
    private string? _text;
    private string _searched = "";
    private bool _open;
    private bool _makesNew;
    private int _asked;

    [Parameter]
    public CustomerId? Customer { get; set; }

    [Parameter]
    public EventCallback<CustomerId?> CustomerChanged { get; set; }

    /// <summary>What is typed: the chosen customer's name, or a new one's.</summary>
    [Parameter]
    public string? NewName { get; set; }

    [Parameter]
    public EventCallback<string?> NewNameChanged { get; set; }

    /// <summary>Never offered: a customer does not refer itself.</summary>
    [Parameter]
    public CustomerId? Except { get; set; }

    [Parameter]
    public Channel Channel { get; set; } = Channel.Page;

    /// <summary>Whether it is asked if the new customer is one of those that are there already; resolved again, it is made.</summary>
    public bool Asks => _alike.Count > 0;

    protected override void OnParametersSet() => _text = Customer is null && NewName is null ? null : _text ?? NewName;

    /// <summary>
    /// The chosen one, or the only one of that very name, else a new one, kept so that a second try makes no second customer. Null: several
    /// are called so, or making it failed, or others are called much alike; the field says which.
    /// </summary>
    /// <param name="operation">What the form is about to do, the same for every try.</param>
    public async Task<CustomerId?> Resolve(string operation)
    {
        (Mistake, _alike) = (null, []);
        if (Customer is { } chosen)
        {
            return chosen;
        }

        var name = NewName?.Trim() ?? "";
        var (called, problem) = _makesNew ? ([], null) : await Called(name);
        if (problem is null && called.Count > 1)
        {
            (Mistake, _hits, _searched, _open) = (L["CustomerAmbiguous", name], called, name, true);
            StateHasChanged();
            return null;
        }

        var made = called is [{ } only] ? only.Id : (CustomerId?)null;
        if (problem is null && made is null)
        {
            if (await IsThereAlready(name))
            {
                StateHasChanged();
                return null;
            }

            var created = await Session.Send(new CreateCustomer.Command(name), Channel, $"{operation} {DigestOf(name)}");
            (made, problem) = (created.Value?.Id, created.Problem);
        }

        Mistake = problem is null ? null : problem.At("name") ?? problem.At("text") ?? problem.Message;
        StateHasChanged();
        await CustomerChanged.InvokeAsync(made);
        return made;
    }

    /// <summary>Asked once of each name, and never refused. Who was offered a customer of that name and chose a new one is not asked about
    /// it.</summary>
    private async Task<bool> IsThereAlready(string name)
    {
        if (_askedOf != name)
        {
            var similar = await Session.Send(new FindSimilarCustomers.Query(name));
            _askedOf = name;
            _alike = [.. (similar.Value?.Items
                ?? []).Where(hit => hit.Id != Except && !(_makesNew && _hits.Any(offered => offered.Id == hit.Id)))];
        }

        return Asks;
    }

    /// <summary>Another name is another operation.</summary>
    private static string DigestOf(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8));

    private async Task<(IReadOnlyList<CustomerHit> Found, Problem? Problem)> Called(string name)
    {
        var found = await Session.Send(new SearchCustomers.Query(name));
        return ([.. (found.Value?.Items
            ?? []).Where(hit => string.Equals(hit.Name, name, StringComparison.OrdinalIgnoreCase) && hit.Id != Except)], found.Problem);
    }

    private async Task Typed(ChangeEventArgs change)
    {
        var text = change.Value as string ?? "";
        if (text == _text && (Customer is not null || _open || _makesNew))
        {
            return;
        }

        (_text, _makesNew, Mistake, _alike) = (text, false, null, []);
        var asked = ++_asked;
        await CustomerChanged.InvokeAsync(null);
        await NewNameChanged.InvokeAsync(text);
        var wanted = text.Trim();
        var found = wanted.Length == 0 ? default : await Session.Send(new SearchCustomers.Query(wanted));
        if (asked == _asked)
        {
            (_hits, _searched, _open) = ([.. (found.Value?.Items ?? []).Where(hit => hit.Id != Except)], wanted, true);
        }
    }

    private async Task Choose(CustomerHit hit)
    {
        _asked++;
        (_text, _open, _makesNew, Mistake, _alike) = (hit.Name, false, false, null, []);
        await CustomerChanged.InvokeAsync(hit.Id);
        await NewNameChanged.InvokeAsync(hit.Name);
    }

    private async Task ChooseNew()
    {
        _asked++;
        (_text, _open, _makesNew, Mistake, _alike) = (_searched, false, true, null, []);
        await CustomerChanged.InvokeAsync(null);
        await NewNameChanged.InvokeAsync(_searched);
    }

    private void Shut() => _open = false;
}
