using Microsoft.AspNetCore.Components;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Views;
using PipelineCrm.Web.Components.Lists;

namespace PipelineCrm.Web.Components.Board;

/// <summary>What the board shows: what the address says or the view that it names; and whose deals it starts on: a rep's own, unless this
/// browser was told otherwise.</summary>
public sealed partial class BoardPage
{
    private BoardAddress _address = new(new BoardFilter(), true, []);
    private IReadOnlyList<SavedListView>? _views;
    private SavedListView? _view;

    /// <summary>Whether the board asks otherwise than the view that it began with.</summary>
    private bool _viewChanged;

    private string? _start;
    private bool _startKnown;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool StartsOnMine => Session.Role == Role.Rep;

    /// <summary>The board without a filter; of a rep, who starts on their own deals, everybody's.</summary>
    private string Everything => StartsOnMine && !(_filter.Owner == Session.User && Filtered)
        ? $"/?{BoardAddress.Owner}={BoardAddress.Everybody}" : "/";

    /// <summary>With the reader's own deals, where nothing else is said.</summary>
    private async Task<BoardAddress> ReadAddress()
    {
        var address = BoardAddress.Read(new Uri(Navigation.Uri).Query, Session.User);
        _view = address.View is { } named
            ? (_views ??= await Session.ReadViews(BoardAddress.List)).FirstOrDefault(view => view.Id == named) : null;
        _viewChanged = _view is not null && !address.IsBare;
        if (_view is { } saved && address.IsBare)
        {
            return BoardAddress.Of(saved, Session.User);
        }

        if (StartsOnMine && RendererInfo.IsInteractive && !Session.TakesOver)
        {
            await ReadStart();
        }

        return StartsOnMine && address.OwnerIsOpen && _start != BoardAddress.Everybody
            ? address with { Filter = address.Filter with { Owner = Session.User }, OwnerIsOpen = false }
            : address;
    }

    /// <param name="view">The one to show now; null: none.</param>
    private async Task ViewsChanged(Guid? view)
    {
        _views = await Session.ReadViews(BoardAddress.List);
        var uri = view is null ? BoardAddress.Path : $"{BoardAddress.Path}?{BoardAddress.SavedView}={view}";
        if (Navigation.ToAbsoluteUri(uri).AbsoluteUri == Navigation.Uri)
        {
            await OnParametersSetAsync();
        }
        else
        {
            Navigation.NavigateTo(uri);
        }
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
