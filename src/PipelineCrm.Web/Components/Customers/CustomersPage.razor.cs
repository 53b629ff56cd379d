using Microsoft.AspNetCore.Components;
using PipelineCrm.Customers;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Customers;

/// <summary>All customers; search and filter stand in the address.</summary>
public sealed partial class CustomersPage : IDisposable
{
    private static readonly PurchaseStatus[] Statuses =
    [
        PurchaseStatus.None, PurchaseStatus.Awareness, PurchaseStatus.Consideration, PurchaseStatus.Decision,
        PurchaseStatus.Purchase, PurchaseStatus.PostPurchase, PurchaseStatus.Lost,
    ];

    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);

    private List<CustomerView>? _items;
    private string? _next;
    private Problem? _problem;
    private bool _creating;
    private (string?, string?, bool)? _shown;
    private CancellationTokenSource _typing = new();

    /// <summary>What stands in the field, which may be further than the address.</summary>
    private string? _typed;

    /// <summary>Searches that are on their way into the address: their coming back is no news for the field.</summary>
    private readonly List<string?> _asked = [];

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    /// <summary>Archived customers instead of the others.</summary>
    [SupplyParameterFromQuery]
    public bool Archived { get; set; }

    private bool Filtered => Search is not null || Status is not null;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Search, Status, Archived))
        {
            _shown = (Search, Status, Archived);
            if (!_asked.Remove(Search))
            {
                _typed = Search;
            }

            await Load();
        }
    }

    public void Dispose()
    {
        _typing.Cancel();
        _typing.Dispose();
    }

    private async Task Load()
    {
        var wanted = _shown;
        var result = await Page(null);
        if (wanted != _shown)
        {
            return;
        }

        (_problem, _items, _next) = (result.Problem, result.Value?.Items.ToList(), result.Value?.Next);
    }

    private async Task More()
    {
        var result = await Page(_next);
        if (result.Ok)
        {
            _items!.AddRange(result.Value.Items);
            _next = result.Value.Next;
        }
        else
        {
            _problem = result.Problem;
        }
    }

    private Task<Result<Page<CustomerView>>> Page(string? after) =>
        Session.Send(new ListCustomers.Query(
            Search, WireNames.TryParse<PurchaseStatus>(Status, out var status) ? status : null, new PageRequest(After: after), Archived));

    private async Task Typed()
    {
        await _typing.CancelAsync();
        _typing.Dispose();
        _typing = new CancellationTokenSource();
        var typing = _typing.Token;
        await Task.Delay(TypingPause, typing).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
        if (!typing.IsCancellationRequested)
        {
            var wanted = string.IsNullOrWhiteSpace(_typed) ? null : _typed;
            if (wanted != Search)
            {
                _asked.Add(wanted);
                Go(wanted, Status, Archived);
            }
        }
    }

    private void StatusChosen(ChangeEventArgs change) => Go(Search, change.Value as string, Archived);

    private void Go(string? search, string? status, bool archived) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["search"] = string.IsNullOrWhiteSpace(search) ? null : search,
            ["status"] = string.IsNullOrEmpty(status) ? null : status,
            ["archived"] = archived ? true : null,
        }),
        replace: true);

    private string NameOf(PurchaseStatus status) => status switch
    {
        PurchaseStatus.None => L["StatusNone"],
        PurchaseStatus.Lost => L["StatusLost"],
        PurchaseStatus.Awareness or PurchaseStatus.Consideration or PurchaseStatus.Decision or PurchaseStatus.Purchase or PurchaseStatus.PostPurchase =>
            Formats.StageName((Stage)(int)status),
    };

    private void Created(CustomerView customer) => Navigation.NavigateTo($"/customers/{customer.Id}");
}
