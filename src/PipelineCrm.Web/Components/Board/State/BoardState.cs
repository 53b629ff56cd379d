using System.Globalization;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Board;

/// <summary>What a board shows, however it is drawn: where each card lies, at once where it was dropped, in the end where the database has
/// it.</summary>
public sealed class BoardState
{
    /// <summary>Where cards lay before they were moved: where they go back to.</summary>
    private readonly Dictionary<DealId, (Place Place, Neighbours Spot)> _origins = [];

    /// <summary>Moved here and not confirmed: the database counts them where they were.</summary>
    private readonly Dictionary<DealId, (DealView Deal, Place From, Place To)> _laid = [];

    public BoardState() => Piles = [.. Stages.AllPlaces.Select(place => new ColumnState(place, Selection))];

    /// <summary>Which deals are chosen for a change of many.</summary>
    public BoardSelection Selection { get; } = new();

    public IReadOnlyList<ColumnState> Piles { get; }

    /// <summary>Number of the last change that is shown.</summary>
    public long Number { get; set; }

    /// <summary>How many cards of a column are loaded at most: what is read when it is read anew.</summary>
    public int Depth => Piles.Max(column => column.Cards.Count);

    public ColumnState At(Place place) => Piles.First(column => column.Place == place);

    public ColumnState? Holding(DealId id) => Piles.FirstOrDefault(column => column.Find(id) is not null);

    public CardState? Find(DealId id) => Holding(id)?.Find(id);

    public DealView? Find(string id) => DealId.TryParse(id, CultureInfo.InvariantCulture, out var known) ? Find(known)?.Deal : null;

    public void Load(BoardView board)
    {
        foreach (var column in board.Columns)
        {
            At(column.Stage.ToPlace()).Load(new Page<DealView>(column.Items, column.Next));
        }

        Figures(board);
    }

    /// <summary>The columns as they are now; what was moved here and is not confirmed stays.</summary>
    public void Renew(BoardView board)
    {
        foreach (var column in board.Columns)
        {
            var pile = At(column.Stage.ToPlace());
            var laid = pile.Cards.Where(card => card.Pending).Select(card => (card, Spot: pile.NeighboursOf(card.Deal.Id))).ToList();
            pile.Renew(new Page<DealView>([.. column.Items.Where(deal => !IsLaid(deal.Id))], column.Next));
            laid.ForEach(one => pile.Insert(one.card, one.Spot));
        }

        Figures(board);
    }

    /// <summary>Counts and sums of the whole columns, as the database has them; with those that were moved here.</summary>
    public void Figures(BoardView board)
    {
        foreach (var column in board.Columns)
        {
            At(column.Stage.ToPlace()).Figures(column);
        }

        At(Place.Completed).Figures(board.Completed);
        At(Place.Lost).Figures(board.Lost);
        foreach (var (deal, from, to) in _laid.Values)
        {
            At(from).Shift(deal, -1);
            At(to).Shift(deal, 1);
        }
    }

    /// <summary>A card lies where it was dropped, until it is confirmed.</summary>
    public void Lay(DealView deal, Place to, Neighbours? spot)
    {
        if (Holding(deal.Id) is { } from)
        {
            _origins[deal.Id] = (from.Place, from.NeighboursOf(deal.Id));
            _laid[deal.Id] = (deal, from.Place, to);
            from.Shift(deal, -1);
            from.Remove(deal.Id);
        }

        var target = At(to);
        target.Shift(deal, 1);
        target.Insert(new CardState(deal, Pending: true), spot);
    }

    public void Change(DealId id, Func<CardState, CardState> change) => Holding(id)?.Replace(id, change);

    /// <summary>Confirmed, or taken back: the card as the database has it.</summary>
    public void Settle(DealView deal)
    {
        _laid.Remove(deal.Id);
        var (holds, home) = (Holding(deal.Id), At(deal.Position.Place));
        if (holds == home)
        {
            home.Replace(deal.Id, _ => new CardState(deal));
            return;
        }

        holds?.Shift(deal, -1);
        holds?.Remove(deal.Id);
        home.Shift(deal, 1);
        if (!home.IsStrip || home.Open)
        {
            home.Insert(new CardState(deal),
                _origins.TryGetValue(deal.Id, out var origin) && origin.Place == home.Place ? origin.Spot : null);
        }
    }

    /// <summary>Somebody opened a deal here.</summary>
    public void Open(DealView deal)
    {
        var column = At(deal.Position.Place);
        column.Insert(new CardState(deal), null);
        column.Shift(deal, 1);
    }

    /// <summary>What others made of these deals: those in the answer lie where they are now, the others are not on this board any
    /// more.</summary>
    /// <returns>Those that are being moved here: they are left alone until that is settled.</returns>
    public IReadOnlyList<DealId> Apply(IReadOnlyCollection<DealId> asked, GetBoardChanges.Answer now)
    {
        var left = asked.Where(IsLaid).ToList();
        var found = now.Deals.ToDictionary(deal => deal.Id);
        foreach (var id in asked.Except(left))
        {
            if (found.TryGetValue(id, out var deal))
            {
                Put(deal);
            }
            else
            {
                Holding(id)?.Remove(id);
            }
        }

        Figures(now.Figures);
        return left;
    }

    private bool IsLaid(DealId id) => Find(id) is { Pending: true };

    private void Put(DealView deal)
    {
        Selection.Seen(deal);
        var (holds, home) = (Holding(deal.Id), At(deal.Position.Place));
        if (holds?.Find(deal.Id) is { } card && card.Deal.Version > deal.Version)
        {
            return;
        }

        if (holds == home && home.Keeps(home.Find(deal.Id)!, deal))
        {
            if (!home.Find(deal.Id)!.Shows(deal))
            {
                home.Replace(deal.Id, _ => new CardState(deal));
            }

            return;
        }

        if (holds != home)
        {
            holds?.Remove(deal.Id);
        }

        if (!home.IsStrip || home.Open)
        {
            home.Put(deal);
        }
    }
}
