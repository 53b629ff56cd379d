using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using PipelineCrm.Views;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>The saved views of a list; which one it began with stands in the address.</summary>
public sealed partial class ViewMenu
{
    private bool _deleting;

    [Parameter, EditorRequired] public required string List { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<SavedListView> Views { get; set; }

    [Parameter] public SavedListView? Current { get; set; }

    /// <summary>Whether the list asks otherwise than the view.</summary>
    [Parameter] public bool Changed { get; set; }

    /// <summary>Where the list is.</summary>
    [Parameter, EditorRequired] public required string Path { get; set; }

    /// <summary>What the list asks, as a view keeps it.</summary>
    [Parameter, EditorRequired] public required JsonElement Query { get; set; }

    /// <summary>After views changed: the one to show now; null: none.</summary>
    [Parameter, EditorRequired] public EventCallback<Guid?> OnChanged { get; set; }

    private bool IsMine => Current?.OwnerId == Session.User;

    private async Task Save()
    {
        var saved = await Session.Send(new ChangeView.Command(Current!.Id, Query: Query, Version: Current.Version));
        if (saved.Ok)
        {
            await Saved(saved.Value);
        }
        else
        {
            Toasts.Failed(saved.Problem.Message);
        }
    }

    private async Task Name(SavedListView? view)
    {
        var dialog = await Dialogs.ShowAsync<ViewDialog>(null, new DialogParameters<ViewDialog>
        {
            { one => one.List, List }, { one => one.Query, Query }, { one => one.View, view },
        });
        if (await dialog.Result is { Data: SavedListView named })
        {
            await Saved(named);
        }
    }

    private async Task Saved(SavedListView view)
    {
        Toasts.Done(string.Format(CultureInfo.CurrentCulture, L["ViewSaved"], view.Name));
        await OnChanged.InvokeAsync(view.Id);
    }

    private async Task Delete()
    {
        _deleting = false;
        var view = Current!;
        var deleted = await Session.Send(new DeleteView.Command(view.Id));
        if (!deleted.Ok)
        {
            Toasts.Failed(deleted.Problem.Message);
            return;
        }

        Toasts.Done(L["ViewDeleted", view.Name], () => Restore(view));
        await OnChanged.InvokeAsync(null);
    }

    private async Task Restore(SavedListView view)
    {
        var again = await Session.Send(new SaveView.Command(view.List, view.Name, view.Query, view.Shared));
        if (again.Ok)
        {
            await OnChanged.InvokeAsync(again.Value.Id);
        }
        else
        {
            Toasts.Failed(again.Problem.Message);
        }
    }
}
