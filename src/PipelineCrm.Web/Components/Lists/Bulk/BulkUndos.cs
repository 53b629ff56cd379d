using Microsoft.Extensions.Localization;
using PipelineCrm.Domain;
using PipelineCrm.Lists;
using PipelineCrm.Web.Components.Moves;
using PipelineCrm.Web.Components.Notifications;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>Takes changes of many back after their sheet is closed: on their list, which shows how far it is, or from where one is by
/// then.</summary>
internal sealed class BulkUndos(Session session, Toasts toasts, UndoStack undos, IStringLocalizer<ListsText> texts)
{
    /// <summary>How many changes are kept: each holds what up to a thousand records were before.</summary>
    private const int Most = 5;

    private readonly List<BulkChange> _kept = [];
    private Toast? _said;

    /// <summary>The list that is shown; null: another page.</summary>
    public RecordList? Page { get; set; }

    /// <summary>Says what was changed, with the way back.</summary>
    public void Offer(BulkChange change)
    {
        Keep(change);
        _said = toasts.Done(Counted(change.Subject, "Changed", change.Edits.Count), () => Undo(change));
    }

    /// <summary>After an undo: changes from before it can be taken back from here, and so can what it did not reach.</summary>
    public void Undone(BulkChange change, BulkRun run)
    {
        foreach (var earlier in _kept.Where(kept => kept.Subject == change.Subject))
        {
            earlier.Follow(change, run.Edits.Changed);
        }

        change.Skip(run.Done);
        if (run.Left > 0)
        {
            Keep(change);
        }
    }

    /// <summary>Says what became of an undo.</summary>
    public void Tell(BulkChange change, BulkRun run)
    {
        var (back, alone) = (run.Edits.Changed.Count, run.Edits.Refused.Count);
        var text = Counted(change.Subject, "Back", back) + (alone > 0 ? texts.Counted("LeftAlone", alone) : "");
        if (run.Problem is { } problem)
        {
            toasts.Failed(problem.Message);
        }
        else if (back == 0)
        {
            toasts.Failed(text);
        }
        else
        {
            toasts.Done(text);
        }
    }

    private void Keep(BulkChange change)
    {
        _kept.Add(change);
        undos.Made(change, () => Undo(change));
        if (_kept.Count > Most)
        {
            Forget(_kept[0]);
        }
    }

    private bool Forget(BulkChange change) => _kept.Remove(change) && undos.Forget(change);

    private async Task Undo(BulkChange change)
    {
        if (!Forget(change))
        {
            return;
        }

        if (_said is { } said)
        {
            toasts.Remove(said);
        }

        if (Page is { } page && page.Subject == change.Subject)
        {
            page.TakeBack(change);
            return;
        }

        var run = new BulkRun(change.Edits.Count);
        await run.Send(change.Edits, part => session.Send(new UndoEdits.Command(change.Subject, part)));
        Undone(change, run);
        Tell(change, run);
    }

    private string Counted(FactSubject subject, string what, int count) =>
        texts.Counted(subject == FactSubject.Deal ? $"Deals{what}" : $"Customers{what}", count);
}
