using Microsoft.JSInterop;

namespace PipelineCrm.Web.Components.Board;

/// <summary>What this browser remembers of whose deals a person's board starts on.</summary>
internal static class BoardStartPreference
{
    public static async Task<string?> Read(IJSRuntime js, UserId? user)
    {
        try
        {
            return await js.InvokeAsync<string?>("localStorage.getItem", KeyOf(user));
        }
        catch (JSException)
        {
            // Storage switched off: nothing is remembered.
            return null;
        }
    }

    public static async Task Write(IJSRuntime js, UserId? user, string start)
    {
        try
        {
            await js.InvokeVoidAsync("localStorage.setItem", KeyOf(user), start);
        }
        catch (JSException)
        {
            // Storage switched off or full: the address says it for now.
        }
    }

    private static string KeyOf(UserId? user) => $"board.start {user}";
}
