using Microsoft.AspNetCore.Components;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Board;

/// <summary>Whose deals the board starts on: what the address says, else a rep's own, unless this browser was told otherwise.</summary>
public sealed partial class BoardPage
{
    private IReadOnlyList<string> _wrong = [];
    private string? _start;
    private bool _startKnown;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool StartsOnMine => Session.Role == Role.Rep;

    /// <summary>The board without a filter; of a rep, who starts on their own deals, everybody's.</summary>
    private string Everything => StartsOnMine && !(_filter.Owner == Session.User && Filtered)
        ? $"/?{BoardAddress.Owner}={BoardAddress.Everybody}" : "/";

    private async Task<(BoardFilter Filter, IReadOnlyList<string> Wrong)> ReadAddress()
    {
        var address = BoardAddress.Read(new Uri(Navigation.Uri).Query);
        if (StartsOnMine && RendererInfo.IsInteractive && !Session.TakesOver)
        {
            await ReadStart();
        }

        var mine = StartsOnMine && address.OwnerIsOpen && _start != BoardAddress.Everybody;
        return (mine ? address.Filter with { Owner = Session.User } : address.Filter, address.Wrong);
    }

    private async Task ReadStart() => (_start, _startKnown) = (await BoardStartPreference.Read(Js, Session.User), true);

    /// <summary>In the place of a drawn page the board shows first what was drawn, and only then asks the browser where it
    /// starts.</summary>
    private async Task Start()
    {
        if (StartsOnMine && !_startKnown)
        {
            await ReadStart();
            if (_start == BoardAddress.Everybody)
            {
                await OnParametersSetAsync();
                StateHasChanged();
            }
        }
    }
}
