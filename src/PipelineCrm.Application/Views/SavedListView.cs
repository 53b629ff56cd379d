using System.Linq.Expressions;
using System.Text.Json;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Views;

/// <summary>A saved view, as it is shown and as the API answers it.</summary>
/// <param name="List"><c>deals</c>, <c>customers</c> or <c>board</c>.</param>
/// <param name="Query">As it was sent: an object, or a text as in an address.</param>
/// <param name="Shared">Whether everybody who signs in sees it.</param>
/// <param name="OwnerId">Who made it, and alone changes it.</param>
public sealed record SavedListView(Guid Id, string List, string Name, JsonElement Query, bool Shared, UserId OwnerId, string OwnerName,
    long Version, DateTimeOffset CreatedAt)
{
    internal sealed record Row(Guid Id, string List, string Name, string Query, bool Shared, UserId OwnerId, string OwnerName, long Version,
        DateTimeOffset CreatedAt)
    {
        public SavedListView View => new(Id, List, Name, JsonElement.Parse(Query), Shared, OwnerId, OwnerName, Version, CreatedAt);
    }

    internal static readonly Expression<Func<SavedView, Row>> From = view =>
        new Row(view.Id, view.List, view.Name, view.Query, view.Shared, view.OwnerId, view.Owner.DisplayName, view.Version, view.CreatedAt);
}
