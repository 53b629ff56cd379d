using Microsoft.AspNetCore.Components;
using PipelineCrm.Analytics;
using PipelineCrm.Catalog;
using PipelineCrm.Common;
using PipelineCrm.Web.Components.Shared;

namespace PipelineCrm.Web.Components.Analytics;

public sealed partial class Funnel(Session session, Formats formats)
{
    private FunnelAddress _address = new(null, null, null, null, null, null, null);
    private FunnelWords _words = null!;
    private FunnelView? _view;
    private Problem? _problem;
    private bool _loading;
    private int _asked;

    [SupplyParameterFromQuery]
    public string? Meaning { get; set; }

    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [SupplyParameterFromQuery]
    public string? To { get; set; }

    [SupplyParameterFromQuery]
    public string? At { get; set; }

    [SupplyParameterFromQuery]
    public string? Team { get; set; }

    [SupplyParameterFromQuery]
    public string? Owner { get; set; }

    [SupplyParameterFromQuery]
    public string? Source { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _words = new FunnelWords(L, null);
        var codes = await session.Send(new ListCodes.Query());
        _words = new FunnelWords(L, codes.Value);
    }

    protected override async Task OnParametersSetAsync()
    {
        var address = new FunnelAddress(Meaning, From, To, At, Team, Owner, Source);
        if (address != _address || _view is null)
        {
            _address = address;
            await Load();
        }
    }

    private async Task Load()
    {
        var asked = ++_asked;
        _loading = true;
        var result = await session.Send(new GetFunnel.Query(_address.Scope));
        if (asked == _asked)
        {
            (_view, _problem, _loading) = (result.Value, result.Problem, false);
        }
    }

    private string PeriodText() => FunnelPeriodText.Of(_address, _view!.Instant, formats, L);
}
