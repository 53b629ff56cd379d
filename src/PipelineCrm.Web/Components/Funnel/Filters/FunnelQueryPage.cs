using Microsoft.AspNetCore.Components;

namespace PipelineCrm.Web.Components.Funnel;

/// <summary>A page of the funnel: what it shows stands in its address.</summary>
public abstract class FunnelQueryPage : ComponentBase
{
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

    [SupplyParameterFromQuery]
    public string? Period { get; set; }

    protected virtual FunnelAddress Address => new(Meaning, From, To, At, Team, Owner, Source, Period == FunnelAddress.Everything);
}
