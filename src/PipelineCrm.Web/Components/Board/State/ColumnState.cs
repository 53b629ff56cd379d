using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;

namespace PipelineCrm.Web.Components.Board;

/// <summary>A column or a strip as the board holds it: what is loaded of it, and the figures of the whole.</summary>
/// <param name="selection">Which cards are chosen; null: none can be.</param>
public sealed class ColumnState(Place place, BoardSelection? selection = null)
{
    /// <summary>More than a tall screen shows: what is read, drawn and kept for every open board.</summary>
    public const int PageSize = 20;

    /// <summary>At most so many cards are in the page; those far above become a spacer of their measured height.</summary>
    public const int Rendered = 4 * PageSize;

    /// <summary>The last place that is loaded.</summary>
    private ColumnPosition? _end;

    public Place Place { get; } = place;

    public long Count { get; private set; }

    public long Last30Days { get; private set; }

    public IReadOnlyList<Money> Totals { get; private set; } = [];

    public IReadOnlyList<Money> Weighted { get; private set; } = [];

    public List<CardState> Cards { get; private set; } = [];

    public string? Next { get; private set; }

    /// <summary>Percent.</summary>
    public decimal Probability { get; set; } = 100;

    public int? MaxDays { get; private set; }

    public int? WarnDays { get; private set; }

    public bool MayCreate { get; private set; }

    /// <summary>What loss reasons are called; read for a strip that is opened.</summary>
    public Codes? Codes { get; set; }

    /// <summary>Whether a strip is opened to a list.</summary>
    public bool Open { get; set; }

    /// <summary>Whether the form for a new deal stands in it.</summary>
    public bool Creating { get; set; }

    /// <summary>Index of the first card that is rendered.</summary>
    public int First { get; private set; }

    public double CardHeight { get; set; } = 110;

    /// <summary>What was drawn last has this number; a column is drawn again when it changed.</summary>
    public int Version { get; private set; }

    public bool IsStrip => Place.AsStage() is null;

    public bool IsChosen(DealId deal) => selection?.Contains(deal) == true;

    public IEnumerable<CardState> Shown => Cards.Skip(First).Take(Rendered);

    /// <summary>Whether the last card that is loaded is rendered.</summary>
    public bool ShowsEnd => First + Rendered >= Cards.Count;

    public bool HasMore => Next is not null || !ShowsEnd;

    public void Touch() => Version++;

    /// <summary>Counts, sums and what the rules say of the whole column; drawn again where one of them differs.</summary>
    public void Figures(PipelineCrm.Deals.BoardColumn column)
    {
        var same = Count == column.Count && Totals.SequenceEqual(column.Totals) && Weighted.SequenceEqual(column.Weighted)
            && (MaxDays, WarnDays, MayCreate) == (column.MaxDays, column.WarnDays, column.MayCreate);
        (Count, Totals, Weighted) = (column.Count, column.Totals, column.Weighted);
        (MaxDays, WarnDays, MayCreate) = (column.MaxDays, column.WarnDays, column.MayCreate);
        TouchUnless(same);
    }

    public void Figures(BoardStrip strip)
    {
        var same = (Count, Last30Days) == (strip.Count, strip.Last30Days);
        (Count, Last30Days) = (strip.Count, strip.Last30Days);
        TouchUnless(same);
    }

    public void Load(Page<DealView> page)
    {
        (Cards, Next, First) = ([.. page.Items.Select(deal => new CardState(deal))], page.Next, 0);
        _end = PlaceOf(page);
        Touch();
    }

    public void Append(Page<DealView> page)
    {
        var known = Cards.Select(card => card.Deal.Id).ToHashSet();
        Cards.AddRange(page.Items.Where(deal => known.Add(deal.Id)).Select(deal => new CardState(deal)));
        (Next, _end) = (page.Next, PlaceOf(page));
        Forward();
    }

    /// <summary>The same column as it is now, from its top on; what is rendered stays where it is as far as it goes.</summary>
    public void Renew(Page<DealView> page)
    {
        var known = Cards.ToDictionary(card => card.Deal.Id);
        Cards = [.. page.Items.Select(
            deal => known.TryGetValue(deal.Id, out var card) && (card.Pending || card.Shows(deal)) ? card : new CardState(deal))];
        (Next, _end) = (page.Next, PlaceOf(page));
        First = Math.Min(First, Cards.Count / PageSize * PageSize);
        Touch();
    }

    /// <summary>Puts a card where the column's order has it; beyond what is loaded of the column it comes with its page.</summary>
    public void Put(DealView deal)
    {
        Cards.RemoveAll(other => other.Deal.Id == deal.Id);
        var place = PlaceOf(deal);
        if (Next is null || _end is null || place.CompareTo(_end) <= 0)
        {
            var at = Cards.FindIndex(card => IsSettled(card) && PlaceOf(card.Deal).CompareTo(place) > 0);
            Cards.Insert(at < 0 ? Cards.Count : at, new CardState(deal));
        }

        Touch();
    }

    /// <summary>Whether a card lies at the same place of the order as the deal does now.</summary>
    public bool Keeps(CardState card, DealView deal) => IsSettled(card) && PlaceOf(card.Deal).Equals(PlaceOf(deal));

    /// <summary>Shows a page further; the first one shown gives way.</summary>
    public void Forward()
    {
        while (Cards.Count - First > Rendered)
        {
            First += PageSize;
        }

        Touch();
    }

    public void Onward()
    {
        if (!ShowsEnd)
        {
            First += PageSize;
        }

        Touch();
    }

    public void Backward()
    {
        First = Math.Max(0, First - PageSize);
        Touch();
    }

    public CardState? Find(DealId id) => Cards.Find(card => card.Deal.Id == id);

    /// <summary>Between which cards one lies.</summary>
    public Neighbours NeighboursOf(DealId id)
    {
        var at = Cards.FindIndex(card => card.Deal.Id == id);
        return new Neighbours(At(at - 1), at < 0 ? null : At(at + 1));

        DealId? At(int index) => index >= 0 && index < Cards.Count ? Cards[index].Deal.Id : null;
    }

    public void Remove(DealId id)
    {
        if (Cards.RemoveAll(card => card.Deal.Id == id) > 0)
        {
            Touch();
        }
    }

    /// <param name="spot">Null, or between cards that are gone: on top.</param>
    public void Insert(CardState card, Neighbours? spot)
    {
        Cards.RemoveAll(other => other.Deal.Id == card.Deal.Id);
        Cards.Insert(Index(spot), card);
        Touch();
    }

    private int Index(Neighbours? spot)
    {
        var below = spot?.Below is { } lower ? Cards.FindIndex(card => card.Deal.Id == lower) : -1;
        var above = spot?.Above is { } upper ? Cards.FindIndex(card => card.Deal.Id == upper) : -1;
        return below >= 0 ? below : above + 1;
    }

    public void Replace(DealId id, Func<CardState, CardState> change)
    {
        var at = Cards.FindIndex(card => card.Deal.Id == id);
        if (at >= 0)
        {
            Cards[at] = change(Cards[at]);
            Touch();
        }
    }

    /// <summary>Counts a deal in (1) or out (−1) of the figures, before the database confirms it.</summary>
    public void Shift(DealView deal, int sign)
    {
        (Count, Last30Days) = (Count + sign, Last30Days + sign);
        if (deal is { Amount: { } amount, Currency: { } currency })
        {
            Totals = Add(Totals, sign * amount, currency);
            Weighted = Add(Weighted, sign * amount * Probability / 100, currency);
        }

        Touch();
    }

    private void TouchUnless(bool same)
    {
        if (!same)
        {
            Touch();
        }
    }

    /// <summary>A card that was moved here and has not been read since lies where it was dropped, nobody knows yet at which rank.</summary>
    private static bool IsSettled(CardState card) => card is { Pending: false, Deal.Rank: not null };

    private ColumnPosition? PlaceOf(Page<DealView> page) => page.Items.Count == 0 ? null : PlaceOf(page.Items[^1]);

    private ColumnPosition PlaceOf(DealView deal) => IsStrip
        ? new ColumnPosition(-(deal.ClosedAt?.UtcTicks ?? 0), "", deal.Id.Value, Backwards: true)
        : new ColumnPosition(0, deal.Rank ?? "", deal.Id.Value, Backwards: false);

    private static IReadOnlyList<Money> Add(IReadOnlyList<Money> sums, decimal amount, string currency) =>
        [.. sums.Where(sum => sum.Currency != currency)
            .Append(new Money(sums.Where(sum => sum.Currency == currency).Sum(sum => sum.Amount) + amount, currency))
            .Where(sum => sum.Amount != 0)
            .OrderByDescending(sum => sum.Amount)];
}
