using PipelineCrm.Funnel;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Funnel;

public sealed partial class FunnelPage(Session session, Formats formats)
{
    private FunnelAddress? _asked;
    private FunnelFormatter _words = null!;
    private Report? _report;
    private Problem? _problem;
    private bool _loading;

    protected override FunnelAddress Address => base.Address with { Today = formats.Today };

    /// <summary>The address asks for something that no filter offers: a slip of the hand or an old link.</summary>
    private bool IsBroken => _problem is { Errors.Count: > 0 } problem && !FunnelFilters.Shows(problem, Address);

    protected override async Task OnInitializedAsync()
    {
        _words = new FunnelFormatter(L, null);
        var codes = await session.Send(new ListCodes.Query());
        _words = new FunnelFormatter(L, codes.Value);
    }

    protected override Task OnParametersSetAsync() => Address == _asked ? Task.CompletedTask : Load();

    /// <summary>What is wrong with a filter is shown there; the last report stays, with its own links.</summary>
    private async Task Load()
    {
        var asked = Address;
        (_asked, _loading) = (asked, true);
        var result = await session.Send(new GetFunnel.Query(asked.Scope));
        if (asked == _asked)
        {
            (_problem, _loading) = (result.Problem, false);
            _report = result.Ok ? new Report(asked, result.Value) : _report;
        }
    }

    private string PeriodOf(Report report) => FunnelPeriodText.Of(report.Address, report.View.Instant, formats, L);

    /// <param name="Address">What was asked: its links open the deals of these numbers.</param>
    private sealed record Report(FunnelAddress Address, FunnelView View)
    {
        public bool Empty => View.Stages.All(stage => stage.N == 0) && View.Summary is null or { Won: 0, LostNeverWon: 0 };
    }
}
