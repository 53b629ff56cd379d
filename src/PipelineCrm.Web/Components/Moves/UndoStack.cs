using Microsoft.Extensions.Localization;
using PipelineCrm.Deals;
using PipelineCrm.Web.Components.Notifications;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>
/// What was done on these pages since they were opened, for Ctrl+Z: the newest that may still be undone goes first, however long
/// ago its message went away. Whether it may be undone the use case decides.
/// </summary>
internal sealed class UndoStack(Session session, Toasts toasts, IStringLocalizer<MoveText> texts, IServiceProvider services)
{
    private readonly List<(object Deed, Func<Task> Undo)> _made = [];

    /// <summary>The page that shows the deals: it asks what has to be asked and shows what came of it. Null where no page does.</summary>
    public MoveFlow? Page { get; set; }

    public void Made(long transition) => Made(transition, () => Undo(transition));

    public void Made(object deed, Func<Task> undo) => _made.Add((deed, undo));

    /// <summary>It is undone, or will never be. False where it was not to be undone any more.</summary>
    public bool Forget(object deed) => _made.RemoveAll(one => one.Deed.Equals(deed)) > 0;

    /// <summary>Takes the newest deed back, or says that there is none.</summary>
    public Task UndoLast() => _made is [.., var last] ? last.Undo() : Nothing();

    public async Task Undo(long transition)
    {
        if (Page is { } page)
        {
            await page.UndoAsync(transition);
            return;
        }

        var undone = await session.Send(new UndoTransition.Command(transition, null));
        Forget(transition);
        if (undone.Ok)
        {
            toasts.Done(services.GetRequiredService<MoveFormatter>().Undone(undone.Value), subject: undone.Value.Deal.Title);
        }
        else
        {
            toasts.Failed(undone.Problem.Message);
        }
    }

    private Task Nothing()
    {
        toasts.Note(texts["NothingToUndo"]);
        return Task.CompletedTask;
    }
}
