using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>
/// Replays the whole ledger through the state machine and compares: what each deal is, numbering, hashes, clocks and counted entries,
/// the customers' statuses, the board's totals, what reports keep. Reads one snapshot, row by row.
/// </summary>
public static class VerifyLedger
{
    public sealed record Query : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    /// <param name="Differences">How many there are.</param>
    /// <param name="Sentences">What the first of them are.</param>
    /// <param name="TwoRoles">False where the application's database role owns the tables and could switch the protection off.</param>
    public sealed record Answer(long Deals, long Transitions, long Customers, long Differences, IReadOnlyList<string> Sentences, bool TwoRoles);

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            await using var snapshot = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            var connection = db.Connection;
            var found = new Differences();
            var (deals, transitions) = await Ledgers(connection, found, ct);
            var customers = await Statuses(connection, found, ct);
            await Totals(connection, found, ct);
            await Kept(connection, found, ct);
            var twoRoles = false;
            await new SqlBatch(connection).Query(CrmDatabaseSql.Check, row => twoRoles = row.GetBoolean(0)).Run(ct);
            return new Answer(deals, transitions, customers, found.Count, found.Sentences, twoRoles);
        }

        private static async Task<(long Deals, long Transitions)> Ledgers(NpgsqlConnection connection, Differences found, CancellationToken ct)
        {
            var (deals, transitions) = (0L, 0L);
            var rows = new List<ReplayedTransition>();
            ReplayedDeal? deal = null;
            await using var command = new NpgsqlCommand(ReplayedTransition.Sql, connection) { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var read = ReplayedDeal.Read(reader);
                if (read.Id != deal?.Id)
                {
                    Close();
                    (deal, rows) = (read, []);
                    deals++;
                }

                if (ReplayedTransition.Read(reader) is { } row)
                {
                    rows.Add(row);
                    transitions++;
                }
            }

            Close();
            return (deals, transitions);

            void Close()
            {
                if (deal is not null)
                {
                    found.AddRange(LedgerReplay.Compare(deal, rows));
                }
            }
        }

        private static async Task<long> Statuses(NpgsqlConnection connection, Differences found, CancellationToken ct)
        {
            const string sql = """
                select c.id, c.placeholder, c.status, c.status_stage, c.status_since, c.returning_customer,
                       d.stage, d.outcome, d.won_at, d.closed_at, not d.void and d.archived_at is null
                from customers c left join deals d on d.customer_id = c.id and not c.placeholder
                order by c.id
                """;
            var customers = 0L;
            (Guid Id, bool Placeholder, CustomerStanding Kept)? current = null;
            var standings = new List<DealStanding>();
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                if (reader.GetGuid(0) != current?.Id)
                {
                    Close();
                    current = (reader.GetGuid(0), reader.GetBoolean(1), new CustomerStanding(
                        (PurchaseStatus)reader.GetInt16(2), (Stage?)reader.GetOrNull<short>(3), reader.GetOrNull<DateTimeOffset>(4), reader.GetBoolean(5)));
                    standings = [];
                    customers++;
                }

                if (reader.GetOrNull<short>(6) is { } stage)
                {
                    standings.Add(new DealStanding(
                        (Stage)stage, (Outcome)reader.GetInt16(7), reader.GetOrNull<DateTimeOffset>(8), reader.GetOrNull<DateTimeOffset>(9), reader.GetBoolean(10)));
                }
            }

            Close();
            return customers;

            void Close()
            {
                if (current is { } customer && CustomerStanding.Of(standings, customer.Placeholder) is var follows && follows != AsFollows(customer.Kept))
                {
                    found.Add($"customer {customer.Id}: status is {customer.Kept}, from its deals follows {follows}");
                }
            }
        }

        /// <summary>Only a lost customer's instant follows from the deals; of another status it is when it was recorded.</summary>
        private static CustomerStanding AsFollows(CustomerStanding kept) => kept.Status == PurchaseStatus.Lost ? kept : kept with { LostAt = null };

        private static Task Totals(NpgsqlConnection connection, Differences found, CancellationToken ct) => new SqlBatch(connection).Query(
            $"""
            with kept as (
                select stage, outcome, owner_id, currency, sum(deals) as deals, sum(amount) as amount
                from {BoardTotals.AllKept} both_tables
                group by 1, 2, 3, 4),
            counted as (
                select stage, outcome, owner_id, case when amount is null then '   ' else currency end as currency, count(*) as deals, coalesce(sum(amount), 0) as amount
                from deals where not void and archived_at is null group by 1, 2, 3, 4)
            select format('total of stage %s, outcome %s, owner %s, currency %s: kept %s deals, %s; counted %s deals, %s',
                          stage, outcome, owner_id, currency, coalesce(k.deals, 0), coalesce(k.amount, 0), coalesce(c.deals, 0), coalesce(c.amount, 0))
            from kept k full join counted c using (stage, outcome, owner_id, currency)
            where coalesce(k.deals, 0) <> coalesce(c.deals, 0) or coalesce(k.amount, 0) <> coalesce(c.amount, 0)
            """,
            row => found.Add(row.GetString(0))).Run(ct);

        /// <summary>What is stored for reports of deals that did not change since, against what follows from ledger and history.</summary>
        private static async Task Kept(NpgsqlConnection connection, Differences found, CancellationToken ct)
        {
            foreach (var (table, what) in new[] { ("funnel_entries", "entries"), ("funnel_spans", "open times") })
            {
                var sql = $"""
                    with kept as (select * from {table} k where not exists (select from funnel_changed c where c.deal_id = k.deal_id)),
                    due as (select * from {table}_due k where not exists (select from funnel_changed c where c.deal_id = k.deal_id))
                    select deal_id from ((select * from kept except all select * from due) union all (select * from due except all select * from kept)) odd
                    group by 1
                    """;
#pragma warning disable CA2100 // Of the two names above.
                await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
                await using var reader = await command.ExecuteReaderAsync(ct);
                while (await reader.ReadAsync(ct))
                {
                    found.Add($"deal {reader.GetGuid(0)}: its {what} kept for reports are not what follows from its ledger and history");
                }
            }
        }
    }

    /// <summary>Counts all differences, keeps the first.</summary>
    private sealed class Differences
    {
        private const int Shown = 1000;

        public long Count { get; private set; }

        public List<string> Sentences { get; } = [];

        public void Add(string sentence)
        {
            Count++;
            if (Sentences.Count < Shown)
            {
                Sentences.Add(sentence);
            }
        }

        public void AddRange(IEnumerable<string> sentences)
        {
            foreach (var sentence in sentences)
            {
                Add(sentence);
            }
        }
    }
}
