using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>The board and the further pages of its columns (docs/api.md).</summary>
internal static class BoardApi
{
    public static void MapBoard(this RouteGroupBuilder api)
    {
        api.MapGet("/board", Get).NotYet("at").Produces<BoardBody>();
        api.MapGet("/board/{stage}", Column).NotYet("at").Produces<ApiList<DealBody>>();
    }

    private static async Task<IResult> Get([AsParameters] BoardArgs args, Arg<int>? limit, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.From(await sender.Send(new GetBoard.Query(args.Conditions, limit?.Value ?? PageRequest.DefaultLimit), ct),
            BoardBody.From);

    private static async Task<IResult> Column(Arg<Stage> stage, [AsParameters] BoardArgs args, [AsParameters] PageArgs page,
        ApiSender sender, CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new GetBoardColumn.Query(stage.Value, args.Conditions, page.Request), ct), DealBody.From);
}

/// <summary>Which deals the board shows.</summary>
internal readonly record struct BoardArgs(Arg<UserId>? Owner, Arg<TeamId>? Team, string? Search, string? Source, string? Filter)
{
    public BoardFilter Conditions => new(Owner?.Value, Team?.Value, Search, Source, Filter);
}

internal sealed record BoardBody(IReadOnlyList<BoardColumnBody> Columns, BoardStrip Completed, BoardStrip Lost)
{
    public static BoardBody From(BoardView board) => new([.. board.Columns.Select(BoardColumnBody.From)], board.Completed, board.Lost);
}

/// <param name="Totals">Of the whole column, one per currency.</param>
internal sealed record BoardColumnBody(Stage Stage, long Count, IReadOnlyList<MoneyBody> Totals, IReadOnlyList<DealBody> Items,
    string? Next)
{
    public static BoardColumnBody From(BoardColumn column) => new(
        column.Stage, column.Count, [.. column.Totals.Select(sum => new MoneyBody(sum.Currency, sum.Amount))],
        [.. column.Items.Select(DealBody.From)], column.Next);
}

internal sealed record MoneyBody(string Currency, decimal Amount);
