using PipelineCrm.Domain;

namespace PipelineCrm.Tests.Domain;

/// <summary>The README's picture of the machine, made from the table of moves.</summary>
internal static class StageDiagram
{
    public const string StartMark = "<!-- stages:start -->";
    public const string EndMark = "<!-- stages:end -->";

    public static string Text() => string.Join('\n', [.. Picture(), "",
        "Dotted: off in the default rules. *Undo* takes back a deal's latest transition, wherever it stands.", "", .. Table(), ""]);

    private static IEnumerable<string> Picture() =>
    [
        "```mermaid",
        "flowchart LR",
        "    New((new))",
        .. Stages.AllPlaces.Select(
            place => place.AsStage() is { } stage ? $"    {place}[{(int)stage} {Words(place)}]" : $"    {place}([{Words(place)}])"),
        "    NextDeal[[the customer's next deal]]",
        "    OthersDeal[[a deal of another customer]]",
        .. PurchasePath.Steps.GroupBy(step => (From: Node(step.From), To: Target(step), step.OnByDefault))
            .Select(edge => $"    {edge.Key.From} {(edge.Key.OnByDefault ? "-->" : "-.->")}|{string.Join(", ", edge.Select(step => step.Kind.ToWire()).Distinct())}| {edge.Key.To}"),
        "```",
    ];

    private static IEnumerable<string> Table() =>
    [
        "| kind | from | to | by default |",
        "| --- | --- | --- | --- |",
        .. PurchasePath.Table.Select(row => $"| {row.Kind.ToWire()} | {row.From.Text} | {Words(row.To)} | {(row.On ? "on" : "off")} |"),
    ];

    private static string Node(Position? position) => position?.Place.ToString() ?? "New";

    private static string Target(PathStep step) => step.Kind switch
    {
        MoveKind.Repurchase => "NextDeal",
        MoveKind.Refer => "OthersDeal",
        _ => step.To.ToString(),
    };

    private static string Words(PathTarget target) => target switch
    {
        PipelineCrm.Domain.PathTarget.AwarenessOrNext => "Open in Awareness or Consideration",
        PipelineCrm.Domain.PathTarget.NextStage => "the next stage",
        PipelineCrm.Domain.PathTarget.TwoOrMoreOn => "two or more stages on",
        PipelineCrm.Domain.PathTarget.AnyEarlier => "any earlier stage",
        PipelineCrm.Domain.PathTarget.SameStage => "Open, same stage",
        PipelineCrm.Domain.PathTarget.Lost => "Lost, same stage",
        PipelineCrm.Domain.PathTarget.Completed => "Completed",
        PipelineCrm.Domain.PathTarget.NextDeal => "source unchanged; the customer's next deal in Consideration",
        PipelineCrm.Domain.PathTarget.OthersDeal => "source unchanged; a deal in Awareness for another customer",
    };

    private static string Words(Place place) => place == Place.PostPurchase ? "Post-purchase" : place.ToString();
}
