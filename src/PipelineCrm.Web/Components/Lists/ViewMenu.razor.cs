using System.Globalization;
using Microsoft.AspNetCore.Components;
using PipelineCrm.Views;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>The saved views of a list; which one it began with stands in the address.</summary>
public sealed partial class ViewMenu
{
    private bool _naming;
    private bool _deleting;
    private bool _shared;
    private string? _name;
    private SavedListView? _named;
    private Problem? _problem;

    [Parameter, EditorRequired] public required string List { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<SavedListView> Views { get; set; }

    [Parameter] public SavedListView? Current { get; set; }

    /// <summary>Whether the list asks otherwise than the view.</summary>
    [Parameter] public bool Changed { get; set; }

    /// <summary>What the list asks.</summary>
    [Parameter, EditorRequired] public required ListAddress Address { get; set; }

    /// <summary>After views changed: the one to show now; null: none.</summary>
    [Parameter, EditorRequired] public EventCallback<Guid?> OnChanged { get; set; }

    private bool IsMine => Current?.OwnerId == Session.User;

    private void Open(SavedListView? view) =>
        (_naming, _named, _name, _shared, _problem) = (true, view, view?.Name, view?.Shared == true, null);

    private async Task Save() =>
        await Done(await Session.Send(new ChangeView.Command(Current!.Id, Query: Address.Query, Version: Current.Version)));

    private async Task Keep() => await Done(_named is { } view
        ? await Session.Send(new ChangeView.Command(view.Id, _name ?? "", Shared: _shared, Version: view.Version))
        : await Session.Send(new SaveView.Command(List, _name ?? "", Address.Query, _shared)));

    private async Task Done(Result<SavedListView> kept)
    {
        _problem = kept.Problem;
        if (kept.Ok)
        {
            _naming = false;
            Toasts.Done(string.Format(CultureInfo.CurrentCulture, L["ViewSaved"], kept.Value.Name));
            await OnChanged.InvokeAsync(kept.Value.Id);
        }
        else if (!_naming)
        {
            Toasts.Failed(kept.Problem.Message);
        }
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
