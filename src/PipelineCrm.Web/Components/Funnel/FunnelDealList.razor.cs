using Microsoft.AspNetCore.Components;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Funnel;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Funnel;

/// <summary>Exactly the deals that a number of the funnel counts.</summary>
public sealed partial class FunnelDealList(Session session, Formats formats, TimeProvider time)
{
    private readonly List<DealView> _deals = [];
    private FunnelFormatter _words = null!;
    private DateTimeOffset _instant;
    private long? _total;
    private string? _next;
    private Problem? _problem;
    private bool _loading;

    [SupplyParameterFromQuery]
    public string? Stage { get; set; }

    [SupplyParameterFromQuery]
    public string? Number { get; set; }

    [SupplyParameterFromQuery]
    public string? Reason { get; set; }

    [SupplyParameterFromQuery]
    public string? Currency { get; set; }

    protected override FunnelAddress Address => base.Address with { Today = formats.Today };

    private string Title
    {
        get
        {
            var number = WireNames.TryParse<FunnelNumber>(Number, out var known) ? known : FunnelNumber.N;
            var what = L["Number." + number.ToWire()].Value
                + (string.IsNullOrEmpty(Reason) ? "" : L["OfReason", _words.Reason(Reason)])
                + (string.IsNullOrEmpty(Currency) ? "" : $" ({Currency})");
            return WireNames.TryParse<Stage>(Stage, out var stage) ? L["StageAndNumber", formats.StageName(stage), what] : what;
        }
    }

    protected override async Task OnInitializedAsync()
    {
        _words = new FunnelFormatter(L, null);
        var codes = await session.Send(new ListCodes.Query());
        _words = new FunnelFormatter(L, codes.Value);
    }

    protected override Task OnParametersSetAsync() => Start();

    private async Task Start()
    {
        _deals.Clear();
        (_total, _next, _instant) = (null, null, time.GetUtcNow());
        await More();
    }

    private async Task More()
    {
        _loading = true;
        var result =
            await session.Send(new ListFunnelDeals.Query(Address.Scope, Stage, Number, Reason, Currency, new PageRequest(100, _next)));
        _loading = false;
        _problem = result.Problem;
        if (result.Ok)
        {
            _deals.AddRange(result.Value.Items);
            (_total, _next) = (result.Value.Total, result.Value.Next);
        }
    }
}
