using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace PipelineCrm.Web.Components.Layout;

/// <summary>The overview that somebody read last in this circuit, with its filters: where "back" leads from a deal or a customer.</summary>
public sealed class OverviewTrail : IDisposable
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/"] = "Board",
        ["/deals"] = "Deals",
        ["/customers"] = "Customers",
        ["/funnel"] = "Funnel",
        ["/funnel/deals"] = "Funnel",
    };

    private readonly NavigationManager _navigation;

    public OverviewTrail(NavigationManager navigation)
    {
        _navigation = navigation;
        Note(navigation.Uri);
        navigation.LocationChanged += Note;
    }

    /// <summary>Null in a circuit that began elsewhere: a link that was sent, a page that was loaded anew.</summary>
    public string? Address { get; private set; }

    /// <returns>The key of the overview's name among the texts of the layout.</returns>
    public static string NameOf(string address) => Names[PathOf(address)];

    private static string PathOf(string address) => address.Split('?', '#')[0];

    private void Note(object? sender, LocationChangedEventArgs change) => Note(change.Location);

    private void Note(string uri)
    {
        var address = "/" + _navigation.ToBaseRelativePath(uri);
        Address = Names.ContainsKey(PathOf(address)) ? address : Address;
    }

    public void Dispose() => _navigation.LocationChanged -= Note;
}
