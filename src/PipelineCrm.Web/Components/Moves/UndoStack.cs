using Microsoft.Extensions.Localization;
using PipelineCrm.Deals;
using PipelineCrm.Web.Components.Notifications;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>
/// The moves that were made on these pages since they were opened, for Ctrl+Z: the newest that may still be undone goes first, however long
/// ago its message went away. Whether it may be undone the use case decides.
/// </summary>
internal sealed class UndoStack(Session session, Toasts toasts, IStringLocalizer<MoveText> texts, IServiceProvider services)
{
    private readonly List<long> _made = [];

    /// <summary>The page that shows the deals: it asks what has to be asked and shows what came of it. Null where no page does.</summary>
    public MoveFlow? Page { get; set; }

    public void Made(long transition) => _made.Add(transition);

    /// <summary>It is undone, or will never be.</summary>
    public void Forget(long transition) => _made.Remove(transition);

    /// <summary>Takes the newest move back, or says that there is none.</summary>
    public Task UndoLast() => _made is [.., var last] ? Undo(last) : Nothing();

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
