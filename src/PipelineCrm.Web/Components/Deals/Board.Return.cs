using Microsoft.JSInterop;
using PipelineCrm.Catalog;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Deals;

/// <summary>Coming back to the board: as far loaded as it was left.</summary>
public sealed partial class Board
{
    /// <summary>What loss reasons are called; read with the first strip that opens.</summary>
    private Codes? _codes;

    /// <summary>How far a column or an opened strip was loaded when the board was left.</summary>
    /// <param name="Place">Its wire name.</param>
    /// <param name="Loaded">How many cards of it there were.</param>
    /// <param name="First">Index of the first one that was drawn.</param>
    public sealed record Left(string Place, int Loaded, int First);

    [JSInvokable]
    public async Task Restore(IReadOnlyList<Left> columns)
    {
        foreach (var left in columns)
        {
            if (WireNames.TryParse<Place>(left.Place, out var place))
            {
                await RestoreAsync(At(place), left);
            }
        }

        StateHasChanged();
    }

    private async Task RestoreAsync(Pile pile, Left left)
    {
        if (pile is { IsStrip: true, Open: false })
        {
            await LoadCodesAsync();
            pile.Open = true;
            await LoadStrip(pile);
        }

        var filter = _filter;
        while (pile.Cards.Count < left.Loaded && pile.Next is { } after)
        {
            var page = await NextPage(pile, filter, after);
            if (!page.Ok || filter != _filter)
            {
                return;
            }

            pile.Append(page.Value);
        }

        while (pile.First > left.First)
        {
            pile.Backward();
        }
    }

    private async Task LoadCodesAsync() => _codes ??= (await Session.Send(new ListCodes.Query(), Channel.Board)).Value;
}
