using Microsoft.AspNetCore.Components;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Deals;

/// <summary>Whose deals the board starts on: what the address says, else a rep's own, unless this browser was told otherwise.</summary>
public sealed partial class Board
{
    private IReadOnlyList<string> _wrong = [];

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool StartsOnMine => Session.Role == Role.Rep;

    /// <summary>The board without a filter; of a rep, who starts on their own deals, everybody's.</summary>
    private string Everything => StartsOnMine && !(_filter.Owner == Session.User && Filtered) ? $"/?{BoardAddress.Owner}={BoardAddress.Everybody}" : "/";

    private async Task<(BoardFilter Filter, IReadOnlyList<string> Wrong)> ReadAddressAsync()
    {
        var address = BoardAddress.Read(new Uri(Navigation.Uri).Query);
        var mine = StartsOnMine && address.OwnerIsOpen
            && (RendererInfo.IsInteractive ? await BoardStart.ReadAsync(Js, Session.User) : null) != BoardAddress.Everybody;
        return (mine ? address.Filter with { Owner = Session.User } : address.Filter, address.Wrong);
    }
}
