using Microsoft.JSInterop;

namespace PipelineCrm.Web.Components;

/// <summary>What a component says to its script while it goes.</summary>
internal static class ComponentScript
{
    /// <summary>Whoever left the page or lost the connection took the script along: there is nothing to notify and nothing to clean
    /// up.</summary>
    public static async Task UnlessGone(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The page is gone, and its script with it.
        }
    }

    public static async ValueTask Release(IJSObjectReference? module)
    {
        if (module is not null)
        {
            await UnlessGone(() => module.DisposeAsync().AsTask());
        }
    }
}
