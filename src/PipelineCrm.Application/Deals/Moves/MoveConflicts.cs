using PipelineCrm.Localization;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>Says what happened to a deal since the version that somebody saw.</summary>
internal static class MoveConflicts
{
    private const string Changes = """
        select case when t.from_stage is distinct from t.to_stage or t.from_outcome is distinct from t.to_outcome then 'stage' end as changed,
               null as field, t.by_user, u.display_name, t.recorded_at
        from transitions t left join users u on u.id = t.by_user
        where t.deal_id = $1 and t.version > $2
        union all
        select null, case h.entity when 'quote' then 'quotes' when 'payment' then 'payments' else h.field end, h.by_user, u.display_name, h.recorded_at
        from history h left join users u on u.id = h.by_user
        where h.deal_id = $1 and h.version > $2
        order by recorded_at
        """;

    public static async Task<Problem> Since(StoredDeal deal, long version, MoveTransaction transaction, CancellationToken ct)
    {
        var (moved, fields) = (false, new List<string>());
        (UserId? By, string? Name, DateTimeOffset At) last = (null, null, transaction.Recorded);
        await new SqlBatch(transaction.Connection).Query(
            Changes,
            row =>
            {
                moved |= !row.IsDBNull(0);
                fields.AddRange(row.GetTextOrNull(1) is { } field ? [field] : []);
                last = (row.GetOrNull<Guid>(2) is { } by ? new UserId(by) : null, row.GetTextOrNull(3),
                    row.GetFieldValue<DateTimeOffset>(4));
            },
            deal.Id.Value,
            version).Run(ct);
        return new Problem(ProblemCode.Conflict, ProblemMessages.Conflict)
        {
            Detail = new ConflictDetail(
                moved ? "stage" : "fields", moved ? [] : [.. fields.Distinct()], last.By, last.Name, last.At, deal.Version,
                deal.State.Position.Place),
        };
    }
}
