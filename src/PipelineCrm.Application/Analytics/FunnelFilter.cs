using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Texts;

namespace PipelineCrm.Analytics;

/// <summary>The conditions on facts that a report was asked with.</summary>
internal static class FunnelFilter
{
    /// <summary>Null where nothing is asked. What facts were at a past instant is not known as a whole yet.</summary>
    public static Result<ConditionSql?> Read(FunnelScope scope, FunnelReport report, FactCatalog catalog)
    {
        var filter = FactFilter.Parse(scope.Filter, catalog, FactSubject.Deal);
        return filter.Problem is { } problem ? problem
            : filter.Value is null ? Result<ConditionSql?>.Of(null)
            : report.Past is not null ? Invalid.Field(FactFilter.Parameter, AnalyticsText.NotYet)
            : ConditionSql.Of(filter.Value, catalog);
    }
}
