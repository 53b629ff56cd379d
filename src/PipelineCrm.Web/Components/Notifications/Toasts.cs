namespace PipelineCrm.Web.Components.Notifications;

/// <summary>Short messages at the bottom of the page, at most one of each kind: a newer one takes the older one's place.</summary>
public sealed class Toasts
{
    private readonly List<Toast> _shown = [];

    public event Action? Changed;

    public IReadOnlyList<Toast> Shown => _shown;

    public Toast Done(string text, Func<Task>? undo = null, string? subject = null) => Add(new Toast(text, subject, ToastKind.Done, undo));

    /// <summary>Something to know: nothing was done and nothing failed.</summary>
    public void Note(string text) => Add(new Toast(text, null, ToastKind.Note, null));

    public void Failed(string text) => Add(new Toast(text, null, ToastKind.Failed, null));

    public void Remove(Toast toast)
    {
        if (_shown.Remove(toast))
        {
            Changed?.Invoke();
        }
    }

    private Toast Add(Toast toast)
    {
        // What is done leaves at most one undo: what Ctrl+Z takes back is what is read.
        _shown.RemoveAll(other => (other.Kind == ToastKind.Done) == (toast.Kind == ToastKind.Done));
        _shown.Add(toast);
        Changed?.Invoke();
        return toast;
    }
}

public enum ToastKind
{
    Done = 1,
    Failed = 2,
    Note = 3,
}
