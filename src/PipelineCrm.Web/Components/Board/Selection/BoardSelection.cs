using PipelineCrm.Deals;
using PipelineCrm.Lists;

namespace PipelineCrm.Web.Components.Board;

/// <summary>The deals of a board that are chosen for a change of many, under the versions that were shown. Only what the reader may change
/// is chosen.</summary>
public sealed class BoardSelection
{
    private readonly Dictionary<DealId, long> _deals = [];
    private DealId? _last;

    /// <summary>Whether a plain click chooses.</summary>
    public bool On { get; set; }

    public int Count => _deals.Count;

    public IReadOnlyList<SeenRecord> Records => [.. _deals.Select(one => new SeenRecord(one.Key.Value, one.Value))];

    public bool Contains(DealId deal) => _deals.ContainsKey(deal);

    public void Toggle(DealView deal)
    {
        _last = deal.Id;
        if (!_deals.Remove(deal.Id))
        {
            Take(deal.Id, deal.Version);
        }
    }

    /// <summary>From the one that was chosen last to this one; where that lies elsewhere, this one.</summary>
    public void TakeRange(ColumnState column, DealView deal)
    {
        var (from, to) = (IndexOf(_last), IndexOf(deal.Id));
        if (from < 0)
        {
            Toggle(deal);
            return;
        }

        foreach (var card in column.Cards.Skip(Math.Min(from, to)).Take(Math.Abs(to - from) + 1).Where(card => card.Deal.MayMove))
        {
            Take(card.Deal.Id, card.Deal.Version);
        }

        _last = deal.Id;

        int IndexOf(DealId? id) => column.Cards.FindIndex(card => card.Deal.Id == id);
    }

    public void Take(ColumnSelection column)
    {
        foreach (var deal in column.Deals)
        {
            Take(deal.Id, deal.Version);
        }
    }

    /// <summary>What is shown of a chosen deal is what its reader decides by.</summary>
    public void Seen(DealView deal)
    {
        if (_deals.ContainsKey(deal.Id))
        {
            _deals[deal.Id] = deal.Version;
        }
    }

    public void Clear()
    {
        _deals.Clear();
        (_last, On) = (null, false);
    }

    private void Take(DealId deal, long version)
    {
        if (_deals.Count < SelectColumn.Most)
        {
            _deals[deal] = version;
        }
    }
}
