using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Catalogue;

namespace PipelineCrm.Funnel;

/// <summary>The conditions on facts that a report was asked with.</summary>
internal static class FunnelFilter
{
    /// <summary>Null where nothing is asked. What facts were at a past instant is not known as a whole yet.</summary>
    public static Result<ConditionSql?> Read(FunnelScope scope, FunnelReport report, FactCatalog catalog)
    {
        var filter = FactFilter.Parse(scope.Filter, catalog, FactSubject.Deal);
        return filter.Problem is { } problem ? problem
            : filter.Value is null ? Result<ConditionSql?>.Of(null)
            : report.Past is not null ? ValidationProblem.ForField(FactFilter.Parameter, FunnelMessages.NotYet)
            : ConditionSql.Of(filter.Value, catalog);
    }
}
