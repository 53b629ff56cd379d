namespace PipelineCrm.Web.Components.Notifications;

/// <param name="Subject">What the sentence is about, set bold before it.</param>
public sealed record Toast(string Text, string? Subject, ToastKind Kind, Func<Task>? Undo)
{
    public Guid Key { get; } = Guid.NewGuid();

    public string Icon => Kind switch
    {
        ToastKind.Done => "done",
        ToastKind.Failed => "alert",
        ToastKind.Note => "lock",
    };
}
