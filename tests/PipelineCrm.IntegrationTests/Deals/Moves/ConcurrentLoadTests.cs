using System.Collections.Concurrent;
using System.Text.Json;
using Npgsql;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Products;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>Many users at once, by API and board, while connections are killed under them: the ledger stays whole.</summary>
public sealed class ConcurrentLoadTests(CrmFixture crm, TestCluster cluster) : IClassFixture<CrmFixture>
{
    private const int Hands = 8;
    private const int ActionsOfEach = 125;
    private const int ActionsPerKill = 6;
    private const int Deals = 24;
    private const string Keyed = "select count(*) from transitions where idempotency_key is not null";

    [Fact]
    public async Task A_thousand_random_actions_with_connections_killed_in_between_leave_every_accepted_move_in_the_ledger_once()
    {
        var storm = await ConcurrentLoad.Brew(crm, cluster.AdminConnectionString);
        var before = await crm.Ask<long>(Keyed);
        await Task.WhenAll(Enumerable.Range(1, Hands).Select(seed => Task.Run(() => storm.Rage(seed))));

        Assert.DoesNotContain(storm.Problems.Keys, code => code == ProblemCode.Unexpected);
        Assert.True(storm.Kills > 50 && storm.Accepted.Count > 150 && storm.Problems.GetValueOrDefault(ProblemCode.Unavailable) > 10,
            $"{storm}");
        var verified = (await storm.Insist(new VerifyLedger.Query(), Caller.Console)).Value!;
        Assert.True(verified.Differences == 0, $"{storm}\n{string.Join('\n', verified.Sentences)}");

        // What was accepted is there once, nothing besides, and asking again tells the same.
        Assert.Equal(storm.Accepted.Count, await crm.Ask<long>(Keyed) - before);
        foreach (var (key, (move, by, answer)) in storm.Accepted)
        {
            Assert.Equal(1L,
                await crm.Ask<long>("select count(*) from transitions where idempotency_key = $1 and id = $2", key, answer.Transition.Id));
            var again = await storm.Insist(move, by);
            var never = again.Problem?.Code == ProblemCode.NotFound
                && await crm.Ask<bool>("select void from deals where id = $1", move.Id.Value);
            Assert.True(never || (again.Ok && Text(again.Value) == Text(answer)),
                $"{Text(answer)}\n{again.Problem} {(again.Ok ? Text(again.Value) : "")}");
        }
    }

    private static string Text(MoveResult answer) => JsonSerializer.Serialize(answer, WireNames.Json);

    private sealed class ConcurrentLoad(CrmFixture crm, string admin)
    {
        private readonly NpgsqlDataSource _admin = NpgsqlDataSource.Create(admin);
        private readonly NpgsqlConnectionStringBuilder _victims = new(crm.Connections.Crm);
        private readonly ConcurrentQueue<DealId> _deals = new();
        private UserId[] _people = [];
        private CustomerId _friend;
        private ProductId _product;
        private int _actions;
        private int _kills;

        public ConcurrentDictionary<string, (MoveDeal.Command Move, Caller By, MoveResult Answer)> Accepted { get; } = new();

        public ConcurrentDictionary<string, int> Problems { get; } = new();

        public int Kills => _kills;

        public override string ToString() =>
            $"{Accepted.Count} moves accepted, {Kills} connections killed, {string.Join(", ", Problems.Select(problem => $"{problem.Value} {problem.Key}"))}";

        public static async Task<ConcurrentLoad> Brew(CrmFixture crm, string admin)
        {
            var (storm, team) = (new ConcurrentLoad(crm, admin), await crm.Team());
            storm._people = [await crm.User(Role.Rep, team), await crm.User(Role.Rep, team), await crm.User(Role.Manager, team),
                await crm.User(Role.Admin)];
            storm._friend = await crm.Customer(storm._people[0]);
            storm._product = (await crm.Ok(new SaveProduct.Command(null, 0, "Meter", 10, "USD", true), Caller.Console)).Id;
            var customers = new[] { await crm.Customer(storm._people[0]), await crm.Customer(storm._people[0]),
                await crm.Customer(storm._people[0]) };
            for (var i = 0; i < Deals; i++)
            {
                var deal = await crm.NewDeal(storm._people[i % 2], customer: customers[i % customers.Length]);
                storm._deals.Enqueue((await crm.AdvanceTo(deal, (Stage)(1 + (i % 5)), storm._people[i % 2])).Id);
            }

            return storm;
        }

        public async Task Rage(int seed)
        {
            var random = new Random(seed);
            for (var i = 0; i < ActionsOfEach; i++)
            {
                var caller = new Caller(_people[random.Next(_people.Length)], random.Next(2) == 0 ? Channel.Api : Channel.Board);
                var deal = _deals.ElementAt(random.Next(_deals.Count));
                await Act(random, deal, caller);
                if (Interlocked.Increment(ref _actions) % ActionsPerKill == 0)
                {
                    await Kill();
                }
            }
        }

        private Task Act(Random random, DealId deal, Caller caller) => random.Next(10) switch
        {
            0 => Undo(deal, caller),
            1 => Edit(random, deal, caller),
            2 => Send(new AddPayment.Command(deal, random.Next(1, 900), "USD", PaymentMethod.Card), caller),
            3 => Send(new AddQuote.Command(deal, [new(_product, random.Next(1, 9))], Currency: "USD"), caller),
            _ => Move(random, deal, caller),
        };

        private async Task Move(Random random, DealId deal, Caller caller)
        {
            if (await Send(new ExplainMoves.Query(deal), caller) is not { Ok: true, Value: { Moves.Count: > 0 } explained })
            {
                return;
            }

            // Now and then it is sent late: somebody else has moved the deal by then.
            var wanted = explained.Moves[random.Next(explained.Moves.Count)];
            var move = new MoveDeal.Command(
                deal, wanted.Kind, wanted.To, explained.Version, new MoveFields { Amount = 900m, ExpectedClose = new DateOnly(2031, 1, 1) },
                new MoveReason(wanted.Kind == MoveKind.Lose ? "price" : null, "Because"), null,
                wanted.Kind == MoveKind.Refer ? _friend : null, Guid.NewGuid().ToString());
            var moved = await Insist(move, caller);
            if (moved.Ok)
            {
                Accepted[move.IdempotencyKey] = (move, caller, moved.Value);
                if (moved.Value.Created is { } created)
                {
                    _deals.Enqueue(created.Id);
                }
            }
        }

        private async Task Undo(DealId deal, Caller caller)
        {
            var listed = await Send(new ListTransitions.Query(deal, new PageRequest(PageRequest.MaxLimit)), caller);
            if (listed.Ok && listed.Value.Items.LastOrDefault(one => one.MayUndo) is { } last)
            {
                await Send(new UndoTransition.Command(last.Id,
                    FactCatalog.BuiltIn.OfDeal.ToDictionary(fact => fact.Key, _ => UndoChoice.Keep)), caller);
            }
        }

        private async Task Edit(Random random, DealId deal, Caller caller)
        {
            if (await Send(new GetDeal.Query(deal), caller) is { Ok: true, Value: { } seen })
            {
                await Send(new UpdateDeal.Command(deal, seen.Version,
                    new MoveFields { Amount = random.Next(1, 900), Title = $"Deal {random.Next(9)}" }), caller);
            }
        }

        /// <summary>Whether a request without an answer was carried out nobody knows: the same one again tells.</summary>
        public async Task<Result<T>> Insist<T>(IRequest<T> request, Caller caller)
        {
            var result = await Send(request, caller);
            while (result.Problem?.Code == ProblemCode.Unavailable)
            {
                result = await Send(request, caller);
            }

            return result;
        }

        private async Task<Result<T>> Send<T>(IRequest<T> request, Caller caller)
        {
            var result = await crm.Door.Send(request, caller, DealSteps.Ct);
            if (result.Problem is { } problem)
            {
                Problems.AddOrUpdate(problem.Code, 1, (_, count) => count + 1);
            }

            return result;
        }

        /// <summary>Whoever is at work rather than idle.</summary>
        private async Task Kill()
        {
            await using var kill = _admin.CreateCommand(
                """
                select count(pg_terminate_backend(pid)) from (
                    select pid from pg_stat_activity where datname = $1 and usename = $2 order by state = 'idle', random() limit 1) as victim
                """);
            kill.Parameters.Add(new NpgsqlParameter { Value = _victims.Database });
            kill.Parameters.Add(new NpgsqlParameter { Value = _victims.Username });
            Interlocked.Add(ref _kills, (int)(long)(await kill.ExecuteScalarAsync(DealSteps.Ct))!);
        }
    }
}
