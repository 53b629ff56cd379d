using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using PipelineCrm.Deals;
using PipelineCrm.Views;
using PipelineCrm.Web.Components.Lists;

namespace PipelineCrm.Web.Components.Board;

/// <summary>The board's filters as they stand in its address or in a saved view, under the names of the API's.</summary>
/// <param name="OwnerIsOpen">The address says nothing of whose deals: the reader's own start applies.</param>
/// <param name="Wrong">What stands there and cannot be read, <c>name=value</c>; it is told, never passed over in silence.</param>
public sealed record BoardAddress(BoardFilter Filter, bool OwnerIsOpen, IReadOnlyList<string> Wrong)
{
    public const string Owner = "owner";
    public const string Team = "team";
    public const string Source = "source";
    public const string Search = "search";
    public const string Facts = "filter";
    public const string SavedView = "view";

    public const string Path = "/";

    /// <summary>What views call the board.</summary>
    public const string List = "board";

    /// <summary>As an owner: everybody, where the reader's board starts on their own deals.</summary>
    public const string Everybody = "all";

    /// <summary>As an owner: whoever reads it. Views say so of their maker's own deals, so that a shared one is of use to others.</summary>
    private const string Reader = "me";

    /// <summary>The saved view that it began with.</summary>
    public Guid? View { get; init; }

    /// <summary>Whether it says no more than which view.</summary>
    public bool IsBare => OwnerIsOpen && Wrong.Count == 0 && Filter == new BoardFilter();

    /// <summary>All that it shows, so that a colleague who is sent it sees the same.</summary>
    public string Uri => QueryHelpers.AddQueryString(Path, Parameters(Filter.Owner?.ToString()
            ?? (OwnerIsOpen || Filter.Team is not null ? null : Everybody)).Append((SavedView, View?.ToString()))
        .Where(one => one.Item2 is not null).ToDictionary(one => one.Item1, one => one.Item2));

    /// <summary>As a view keeps it.</summary>
    public JsonElement Query(UserId? reader) => JsonSerializer.SerializeToElement(
        Parameters(Filter.Owner is { } owner && owner == reader ? Reader : Filter.Owner?.ToString())
            .Where(one => one.Value is not null).ToDictionary(one => one.Name, one => one.Value));

    /// <summary>What a view asks: of whoever it says, else of everybody.</summary>
    public static BoardAddress Of(SavedListView view, UserId? reader) =>
        Read(ListAddress.ValuesOf(view.Query), reader) with { View = view.Id, OwnerIsOpen = false };

    public static BoardAddress Read(string query, UserId? reader) => Read(
        QueryHelpers.ParseQuery(query).SelectMany(one => one.Value.Select(value => (one.Key, value ?? ""))), reader);

    private IEnumerable<(string Name, string? Value)> Parameters(string? owner) =>
        [(Owner, owner), (Team, Filter.Team?.ToString()), (Source, Filter.Source), (Search, Filter.Search), (Facts, Filter.Filter)];

    private static BoardAddress Read(IEnumerable<(string Name, string Value)> parameters, UserId? reader)
    {
        var (filter, ownerIsOpen, wrong, view) = (new BoardFilter(), true, new List<string>(), (Guid?)null);
        foreach (var given in parameters.GroupBy(one => one.Name, one => one.Value))
        {
            // Of a filter that is given twice the first counts.
            var name = given.Key;
            wrong.AddRange(given.Skip(1).Select(value => $"{name}={value}"));
            var value = given.First().Trim();
            if (value.Length == 0)
            {
                continue;
            }

            switch (name)
            {
                case Owner when value == Everybody:
                    ownerIsOpen = false;
                    break;
                case Owner when value == Reader && reader is not null:
                    (filter, ownerIsOpen) = (filter with { Owner = reader }, false);
                    break;
                case Owner when UserId.TryParse(value, CultureInfo.InvariantCulture, out var owner):
                    (filter, ownerIsOpen) = (filter with { Owner = owner }, false);
                    break;
                case Team when TeamId.TryParse(value, CultureInfo.InvariantCulture, out var team):
                    (filter, ownerIsOpen) = (filter with { Team = team }, false);
                    break;
                case Source:
                    filter = filter with { Source = value };
                    break;
                case Search:
                    filter = filter with { Search = value };
                    break;
                case Facts:
                    filter = filter with { Filter = value };
                    break;
                case SavedView when Guid.TryParse(value, out var saved):
                    view = saved;
                    break;
                default:
                    wrong.Add($"{name}={value}");
                    break;
            }
        }

        return new BoardAddress(filter, ownerIsOpen, wrong) { View = view };
    }
}
