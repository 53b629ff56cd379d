using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using PipelineCrm.Deals;

namespace PipelineCrm.Web.Components.Board;

/// <summary>The board's filters as they stand in its address, under the names of the API's.</summary>
/// <param name="OwnerIsOpen">The address says nothing of whose deals: the reader's own start applies.</param>
/// <param name="Wrong">What stands there and cannot be read, <c>name=value</c>; it is told, never passed over in silence.</param>
internal sealed record BoardAddress(BoardFilter Filter, bool OwnerIsOpen, IReadOnlyList<string> Wrong)
{
    public const string Owner = "owner";
    public const string Team = "team";
    public const string Source = "source";
    public const string Search = "search";

    /// <summary>As an owner: everybody, where the reader's board starts on their own deals.</summary>
    public const string Everybody = "all";

    public static BoardAddress Read(string query)
    {
        var (filter, ownerIsOpen, wrong) = (new BoardFilter(), true, new List<string>());
        foreach (var (name, values) in QueryHelpers.ParseQuery(query))
        {
            // Of a filter that is given twice the first counts.
            wrong.AddRange(values.Skip(1).Select(value => $"{name}={value}"));
            var value = values.FirstOrDefault()?.Trim() ?? "";
            if (value.Length == 0)
            {
                continue;
            }

            switch (name)
            {
                case Owner when value == Everybody:
                    ownerIsOpen = false;
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
                default:
                    wrong.Add($"{name}={value}");
                    break;
            }
        }

        return new BoardAddress(filter, ownerIsOpen, wrong);
    }
}
