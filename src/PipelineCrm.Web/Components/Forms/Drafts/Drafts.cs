using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Forms;

/// <summary>What a form found of what was typed into it before.</summary>
/// <param name="Changed">Somebody changed meanwhile what it was typed over, by name in <paramref name="Fields"/> where that is
/// known.</param>
/// <param name="Operation">The id under which it may have been sent already.</param>
public sealed record Restored(long At, string? State, bool Changed, IReadOnlyList<string> Fields, string? Operation = null);

/// <summary>The browser's keeping of half-typed forms; nothing of them comes to the server before it is saved.</summary>
public sealed class Drafts(IJSRuntime js, Session session) : IAsyncDisposable
{
    /// <summary>The forms of a move, which several components show.</summary>
    public const string Move = "move";
    public const string Override = "override";

    private Task<IJSObjectReference>? _module;

    private Task<IJSObjectReference> Module =>
        _module ??= js.InvokeAsync<IJSObjectReference>("import", "./Components/Forms/Drafts/FormDraft.razor.js").AsTask();

    public async Task<Restored?> Start(string key, ElementReference form, string name, string? subject) =>
        await (await Module).InvokeAsync<Restored?>("start", key, form, session.User?.ToString(), NameOf(session.User, name, subject));

    public Task PutBack(string key) => Tell("putBack", key);

    public Task Discard(string key) => Tell("discard", key);

    public Task Stop(string key) => Tell("stop", key);

    /// <summary>After what was typed there was saved.</summary>
    public Task Drop(string name, string? subject) => Tell("drop", NameOf(session.User, name, subject));

    /// <summary>What the browser keeps it under: the user's own, per form and subject.</summary>
    public static string NameOf(UserId? user, string form, string? subject) => $"draft {user} {form} {subject}";

    /// <summary>A state as it was stored; null where an older version of the product wrote it in another shape.</summary>
    public static T? Read<T>(string state) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(state, WireNames.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Write<T>(T state) => JsonSerializer.Serialize(state, WireNames.Json);

    /// <summary>Where the page is gone, what it stored stays in the browser until the form is opened again.</summary>
    private Task Tell(string function, params object?[] arguments) =>
        ComponentScript.UnlessGone(async () => await (await Module).InvokeVoidAsync(function, arguments));

    public async ValueTask DisposeAsync()
    {
        if (_module is { IsCompletedSuccessfully: true })
        {
            await ComponentScript.Release(await _module);
        }
    }
}
