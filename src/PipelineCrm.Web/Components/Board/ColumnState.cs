using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Board;

/// <summary>A column or a strip as the board holds it: what is loaded of it, and the figures of the whole.</summary>
public sealed class ColumnState(Place place)
{
    public const int PageSize = 50;

    /// <summary>At most so many cards are in the page; those far above become a spacer of their measured height.</summary>
    public const int Rendered = 4 * PageSize;

    public Place Place { get; } = place;

    public long Count { get; set; }

    public long Last30Days { get; set; }

    public IReadOnlyList<Money> Totals { get; set; } = [];

    public IReadOnlyList<Money> Weighted { get; set; } = [];

    public List<CardState> Cards { get; private set; } = [];

    public string? Next { get; set; }

    /// <summary>Percent.</summary>
    public decimal Probability { get; init; } = 100;

    public int? MaxDays { get; set; }

    public int? WarnDays { get; set; }

    public bool MayCreate { get; set; }

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

    public IEnumerable<CardState> Shown => Cards.Skip(First).Take(Rendered);

    /// <summary>Whether the last card that is loaded is rendered.</summary>
    public bool ShowsEnd => First + Rendered >= Cards.Count;

    public bool HasMore => Next is not null || !ShowsEnd;

    public void Touch() => Version++;

    public void Load(IReadOnlyList<DealView> deals, string? next)
    {
        (Cards, Next, First) = ([.. deals.Select(deal => new CardState(deal))], next, 0);
        Touch();
    }

    public void Append(Page<DealView> page)
    {
        var known = Cards.Select(card => card.Deal.Id).ToHashSet();
        Cards.AddRange(page.Items.Where(deal => known.Add(deal.Id)).Select(deal => new CardState(deal)));
        Next = page.Next;
        Forward();
    }

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

    private static IReadOnlyList<Money> Add(IReadOnlyList<Money> sums, decimal amount, string currency) =>
        [.. sums.Where(sum => sum.Currency != currency)
            .Append(new Money(sums.Where(sum => sum.Currency == currency).Sum(sum => sum.Amount) + amount, currency))
            .Where(sum => sum.Amount != 0)
            .OrderByDescending(sum => sum.Amount)];
}
