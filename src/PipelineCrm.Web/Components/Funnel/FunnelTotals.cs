using PipelineCrm.Funnel;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Funnel;

/// <summary>The sums of a funnel, written as one figure: those of all stages, converted and not.</summary>
internal static class FunnelTotals
{
    public static string Sum(this FunnelView view, decimal amount, string currency) =>
        Formats.Sum(new Money(amount, currency), Formats.SumsHaveCents(All(view)));

    private static IEnumerable<Money> All(FunnelView view) =>
        view.Stages.Select(stage => new Money(stage.Amount, view.Currency))
            .Concat(view.Stages.SelectMany(stage => stage.NotConverted).Concat(view.NotConverted)
                .Select(other => new Money(other.Amount, other.Currency)));
}
