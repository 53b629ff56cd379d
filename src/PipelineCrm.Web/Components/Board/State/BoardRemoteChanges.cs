using PipelineCrm.Deals;
using PipelineCrm.Live;

namespace PipelineCrm.Web.Components.Board;

/// <summary>What was written elsewhere and is not shown on a board yet.</summary>
public sealed class BoardRemoteChanges(BoardState board)
{
    /// <summary>By deal: the version to be shown; null where a version does not tell.</summary>
    private readonly Dictionary<DealId, long?> _deals = [];
    private bool _anew;

    /// <summary>Number of the last change that was heard of.</summary>
    public long Number { get; private set; }

    public void Add(ChangeBatch changes)
    {
        _anew |= changes.StartOver;
        Number = Math.Max(Number, changes.Last);
        foreach (var change in changes.Items)
        {
            switch (change.Subject)
            {
                case ChangeSubjects.Deal:
                    Add(change.Deal!.Value, change.Kind == ChangeKind.Touched ? null : change.Version);
                    break;

                // A status that follows a move stands on no card.
                case ChangeSubjects.Customer when change.Kind != ChangeKind.Touched:
                    foreach (var card in board.Piles.SelectMany(column => column.Cards)
                        .Where(card => card.Deal.CustomerId == change.Customer))
                    {
                        Add(card.Deal.Id, null);
                    }

                    break;
                case ChangeSubjects.Stage or ChangeSubjects.RuleSet:
                    _anew = true;
                    break;
            }
        }
    }

    /// <summary>Everything is to be read anew.</summary>
    public void AddAll() => _anew = true;

    /// <summary>These were asked for in vain, or may not be shown yet.</summary>
    public void Return(IEnumerable<DealId> deals)
    {
        foreach (var deal in deals)
        {
            _deals[deal] = null;
        }
    }

    /// <summary>Takes what is to be read: the deals that are not shown yet as they were written, or all of the board. Null:
    /// nothing.</summary>
    public (bool Anew, IReadOnlyList<DealId> Deals)? Take()
    {
        List<DealId> deals = [.. _deals.Where(one => !IsShown(one.Key, one.Value)).Select(one => one.Key)];
        var anew = _anew || deals.Count > GetBoardChanges.MaxDeals;
        _deals.Clear();
        _anew = false;
        return anew ? (true, []) : deals.Count > 0 ? (false, deals) : null;
    }

    private void Add(DealId deal, long? version) =>
        _deals[deal] = version is null || (_deals.TryGetValue(deal, out var known) && known is null) ? null : version;

    private bool IsShown(DealId deal,
        long? version) => version is { } written && board.Find(deal) is { Pending: false } card && card.Deal.Version >= written;
}
