using Microsoft.Extensions.Localization;
using PipelineCrm.Domain;
using PipelineCrm.Lists;
using PipelineCrm.Web.Components.Moves;
using PipelineCrm.Web.Components.Notifications;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>Watches changes of many, and takes them back after their sheet is closed: on their list, which shows how far it is, or from
/// where one is by then.</summary>
internal sealed class BulkJobs(Session session, Toasts toasts, UndoStack undos, TimeProvider time, IStringLocalizer<ListsText> texts)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private Toast? _said;

    /// <summary>The list or board that is shown; null: another page.</summary>
    public IBulkPage? Page { get; set; }

    /// <summary>Looks again and again until the job has ended. While the database is away it goes on looking: the job does too.</summary>
    /// <param name="moved">After each look.</param>
    /// <param name="ct">Ends the looking, never the job.</param>
    public async Task<Result<BulkJobView>> Watch(BulkJobView job, Action<BulkJobView>? moved = null, CancellationToken ct = default)
    {
        while (job.Running)
        {
            await Task.Delay(Pause, time, ct);
            var read = await session.Send(new GetBulkJob.Query(job.Id));
            if (read.Ok)
            {
                job = read.Value;
                moved?.Invoke(job);
            }
            else if (read.Problem.Code != ProblemCode.Unavailable)
            {
                return read;
            }
        }

        return job;
    }

    /// <summary>Says what was changed, with the way back.</summary>
    public void Offer(BulkJobView job)
    {
        Keep(job);
        _said = toasts.Done(Counted(job.Subject, job.IsMove ? "Moved" : "Changed", job.Changed), () => Undo(job));
    }

    /// <summary>After an undo: what it did not reach can be taken back again.</summary>
    public void Undone(BulkJobView job, BulkJobView undo)
    {
        if (undo.Left > 0)
        {
            Keep(job);
        }
    }

    /// <summary>Says what became of an undo.</summary>
    public void Tell(BulkJobView undo)
    {
        var text = Counted(undo.Subject, "Back", undo.Changed)
            + (undo.Refused.Count > 0 ? texts.Counted("LeftAlone", undo.Refused.Count) : "");
        if (undo.Changed == 0)
        {
            toasts.Failed(text);
        }
        else
        {
            toasts.Done(text);
        }
    }

    private void Keep(BulkJobView job) => undos.Made(job.Id, () => Undo(job));

    private async Task Undo(BulkJobView job)
    {
        if (!undos.Forget(job.Id))
        {
            return;
        }

        if (_said is { } said)
        {
            toasts.Remove(said);
        }

        if (Page is { } page && page.Subject == job.Subject)
        {
            page.TakeBack(job);
            return;
        }

        var undo = await session.Send(new UndoBulkJob.Command(job.Id));
        undo = undo.Ok ? await Watch(undo.Value) : undo;
        if (!undo.Ok)
        {
            toasts.Failed(undo.Problem.Message);
            return;
        }

        Undone(job, undo.Value);
        Tell(undo.Value);
        await session.Send(new CloseBulkJob.Command(undo.Value.Id));
    }

    private string Counted(FactSubject subject, string what, int count) =>
        texts.Counted(subject == FactSubject.Deal ? $"Deals{what}" : $"Customers{what}", count);
}
