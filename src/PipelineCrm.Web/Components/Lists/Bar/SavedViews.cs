using PipelineCrm.Views;

namespace PipelineCrm.Web.Components.Lists;

internal static class SavedViews
{
    /// <summary>The reader's own views of a list and those that others share; none where they cannot be read.</summary>
    public static async Task<IReadOnlyList<SavedListView>> ReadViews(this Session session, string list) =>
        (await session.Send(new ListViews.Query(list, new PageRequest(PageRequest.MaxLimit)))).Value?.Items ?? [];
}
