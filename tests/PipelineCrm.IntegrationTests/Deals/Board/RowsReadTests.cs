using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Lists;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>
/// What people do all day reads as much with a hundred thousand deals as with a hundred: PostgreSQL counts the rows and index entries read.
/// One connection serves everything here, so that it can be told to hand in its counts.
/// </summary>
public sealed class RowsReadTests(RowsReadTests.Filled filled) : IClassFixture<RowsReadTests.Filled>
{
    private const int Many = 10_000;

    public static TheoryData<string, int> Work => new()
    {
        { "move", 100 }, { "refused move", 100 }, { "undo", 120 }, { "place", 100 }, { "change", 100 }, { "archive", 100 },
        { "create", 100 },
        { "payment", 100 }, { "contact", 100 }, { "deal", 100 }, { "moves", 100 }, { "transitions", 100 }, { "customer", 100 },
        { "column", 300 }, { "board", 500 }, { "deals", 300 }, { "customers", 300 },
        { "list of deals", 400 }, { "list of customers", 300 },
    };

    [Theory]
    [MemberData(nameof(Work))]
    public async Task Reads_no_more_rows_than_it_needs(string work, int most)
    {
        var deal = await filled.Next();
        var moved = work is "undo" ? await filled.Do(deal.Move(MoveKind.Advance)) : null;
        Func<Task> act = work switch
        {
            "move" => () => filled.Do(deal.Move(MoveKind.Advance)),
            "refused move" => () => filled.Refused(deal.Move(MoveKind.Advance, Place.Purchase)),
            "undo" => () => filled.Do(new UndoTransition.Command(moved!.Transition.Id)),
            "place" => () => filled.Do(new ReorderDeal.Command(deal.Id, filled.Other, null)),
            "change" => () => filled.Do(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Amount = 5m })),
            "archive" => () => filled.Do(new ArchiveDeal.Command(deal.Id, deal.Version)),
            "create" => () => filled.Do(new CreateDeal.Command(deal.CustomerId, "Another")),
            "payment" => () => filled.Do(new AddPayment.Command(deal.Id, 5m, "USD", PaymentMethod.Card)),
            "contact" => () => filled.Do(new AddContact.Command(deal.CustomerId, "Contact")),
            "deal" => () => filled.Do(new GetDeal.Query(deal.Id)),
            "moves" => () => filled.Do(new ExplainMoves.Query(deal.Id)),
            "transitions" => () => filled.Do(new ListTransitions.Query(deal.Id, new PageRequest(50, null))),
            "customer" => () => filled.Do(new GetCustomer.Query(deal.CustomerId)),
            "column" => () => filled.Do(new GetBoardColumn.Query(Stage.Awareness, new BoardFilter(), new PageRequest(50, null))),
            "board" => () => filled.Do(new GetBoard.Query(new BoardFilter())),
            "deals" => () => filled.Do(new ListDeals.Query(new DealFilter(), new PageRequest(50, null))),
            "list of deals" => () => filled.Do(ListOf(FactSubject.Deal, "title,stage,amount,customer.name,ownerId,expectedClose")),
            "list of customers" => () => filled.Do(ListOf(FactSubject.Customer, "customer.name,customer.status,customer.type")),
            "customers" => () => filled.Do(new ListCustomers.Query(null, null, new PageRequest(50, null))),
            _ => throw new ArgumentOutOfRangeException(nameof(work), work, null),
        };
        var before = await filled.RowsRead();
        await act();
        var read = await filled.RowsRead() - before;
        Assert.InRange(read, 1, most);
    }

    private static ListRecords.Query ListOf(FactSubject subject, string columns) =>
        new(new ListQuestion(subject), columns, new PageRequest(50, null));

    /// <summary>A database with many customers and deals, and the application on one connection.</summary>
    public sealed class Filled(TestCluster cluster) : CrmFixture(cluster), IAsyncLifetime
    {
        private readonly Queue<DealId> _deals = new();
        private ServiceProvider? _one;
        private Caller? _caller;

        public DealId Other { get; private set; }

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            var rep = await User(Role.Rep);
            _caller = rep.As();
            await using var connection = await AsOwner();
            await using var fill = new NpgsqlCommand(
                """
                with customer as (
                    insert into customers (id, name, status, created_at) select gen_random_uuid(), 'Customer ' || n, 1, now() from generate_series(1, @many) n returning id),
                deal as (
                    insert into deals (id, customer_id, title, owner_id, stage, outcome, entered_stage_at, rank, last_seq, furthest_stage, created_at)
                    select gen_random_uuid(), id, 'Deal', @owner, 1, 0, now(), 'm' || substr(id::text, 1, 8), 1, 1, now() from customer returning id)
                insert into transitions (deal_id, seq, kind, to_stage, to_outcome, occurred_at, recorded_at, channel, hash)
                select id, 1, 1, 1, 0, now(), now(), 4, '' from deal
                """,
                connection);
            fill.Parameters.AddWithValue("many", Many);
            fill.Parameters.AddWithValue("owner", rep.Value);
            await fill.ExecuteNonQueryAsync();
            await using var analyze = new NpgsqlCommand("analyze", connection);
            await analyze.ExecuteNonQueryAsync();
            await using var some = new NpgsqlCommand("select id from deals limit 40", connection);
            await using var ids = await some.ExecuteReaderAsync();
            while (await ids.ReadAsync())
            {
                _deals.Enqueue(new DealId(ids.GetGuid(0)));
            }

            Other = _deals.Dequeue();
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddPipelineCrm(_ => $"{Connections.Crm};Maximum Pool Size=1");
            _one = services.BuildServiceProvider();
        }

        async ValueTask IAsyncDisposable.DisposeAsync()
        {
            await (_one?.DisposeAsync() ?? ValueTask.CompletedTask);
            await DisposeAsync();
        }

        public Task<DealView> Next() => Do(new GetDeal.Query(_deals.Dequeue()));

        public async Task<T> Do<T>(IRequest<T> request)
        {
            var result = await Send(request);
            Assert.True(result.Ok, $"{request.GetType()}: {result.Problem?.Code}");
            return result.Value;
        }

        public async Task Refused(MoveDeal.Command move) => Assert.Equal(ProblemCode.MoveRefused, (await Send(move)).Problem?.Code);

        /// <summary>Rows of tables walked through and entries of indexes read so far, by everybody who has handed in.</summary>
        public async Task<long> RowsRead()
        {
            await using var connection = new NpgsqlConnection(_one!.GetRequiredService<ApplicationConnection>().ConnectionString);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var handIn = new NpgsqlCommand("select pg_stat_force_next_flush()", connection);
            await handIn.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await using var count = new NpgsqlCommand(
                "select ((select sum(seq_tup_read) from pg_stat_user_tables) + (select sum(idx_tup_read) from pg_stat_user_indexes))::bigint", connection);
            return (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }

        private Task<Result<T>> Send<T>(IRequest<T> request) => _one!.GetRequiredService<UseCaseSender>()
            .Send(request, _caller!.Value, TestContext.Current.CancellationToken);
    }
}
