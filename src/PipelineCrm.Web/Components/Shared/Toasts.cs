namespace PipelineCrm.Web.Components.Shared;

/// <summary>Short messages at the bottom of the page; one with an undo stays 8 seconds.</summary>
public sealed class Toasts
{
    private readonly List<Toast> _shown = [];

    public event Action? Changed;

    public IReadOnlyList<Toast> Shown => _shown;

    public void Done(string text, Func<Task>? undo = null, string? subject = null) => Add(new Toast(text, subject, ToastKind.Done, undo));

    public void Failed(string text) => Add(new Toast(text, null, ToastKind.Failed, null));

    public void Remove(Toast toast)
    {
        if (_shown.Remove(toast))
        {
            Changed?.Invoke();
        }
    }

    private void Add(Toast toast)
    {
        // One undo at a time: what Ctrl+Z takes back is what is read.
        _shown.RemoveAll(other => other.Undo is not null || _shown.Count >= 3);
        _shown.Add(toast);
        Changed?.Invoke();
    }
}

public enum ToastKind
{
    Done = 1,
    Failed = 2,
}

/// <param name="Subject">What the sentence is about, set bold before it.</param>
public sealed record Toast(string Text, string? Subject, ToastKind Kind, Func<Task>? Undo)
{
    public Guid Key { get; } = Guid.NewGuid();
}
