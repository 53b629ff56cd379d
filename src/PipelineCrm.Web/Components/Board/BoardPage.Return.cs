using Microsoft.JSInterop;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;

namespace PipelineCrm.Web.Components.Board;

/// <summary>Coming back to the board: as far loaded as it was left.</summary>
public sealed partial class BoardPage
{
    /// <summary>How far a column or an opened strip was loaded when the board was left.</summary>
    /// <param name="Place">Its wire name.</param>
    /// <param name="Loaded">How many cards of it there were.</param>
    /// <param name="First">Index of the first one that was drawn.</param>
    public sealed record ColumnReturnState(string Place, int Loaded, int First);

    [JSInvokable]
    public async Task Restore(IReadOnlyList<ColumnReturnState> columns)
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

    private async Task RestoreAsync(ColumnState column, ColumnReturnState left)
    {
        if (column is { IsStrip: true, Open: false })
        {
            await LoadCodes(column);
            column.Open = true;
            await LoadStrip(column);
        }

        var filter = _filter;
        while (column.Cards.Count < left.Loaded && column.Next is { } after)
        {
            var page = await NextPage(column, filter, after);
            if (!page.Ok || filter != _filter)
            {
                return;
            }

            column.Append(page.Value);
        }

        while (column.First > left.First)
        {
            column.Backward();
        }
    }

    private async Task LoadCodes(ColumnState strip) => strip.Codes ??= (await Session.Send(new ListCodes.Query(), Channel.Board)).Value;
}
