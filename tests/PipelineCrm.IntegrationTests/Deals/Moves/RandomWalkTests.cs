using System.Text.Json;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Funnel;
using PipelineCrm.Rules;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>Random moves by random people under random rules: whatever happens, the ledger says what is.</summary>
public sealed class RandomWalkTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private const int Steps = 500;
    private const int StepsPerRuleSet = 40;
    private const int StepsPerFold = 30;

    [Theory]
    [InlineData(20261122)]
    [InlineData(7)]
    [InlineData(4711)]
    public async Task Refused_changes_nothing_undo_restores_explain_tells_the_truth_and_replay_agrees(int seed)
    {
        var walk = new Walk(crm, seed);
        await walk.Start();
        for (var step = 0; step < Steps; step++)
        {
            if (step % StepsPerRuleSet == 0)
            {
                await walk.Publish();
            }

            await walk.Step();
            if (step % StepsPerFold == 0)
            {
                await crm.Fold(1000);
            }
        }

        await crm.Fold(1000);
        Assert.True(walk.Moved > 20 && walk.Refused > 20 && walk.Undone > 5 && walk.Archived > 2,
            $"seed {seed}: {walk.Moved} moved, {walk.Refused} refused, {walk.Undone} undone, {walk.Archived} archived");
        Assert.Equal(0,
            await crm.Ask<long>(
                "select count(*) from deals d join customers c on c.id = d.customer_id where c.archived_at is not null and d.outcome = 0 and not d.void and d.archived_at is null"));
        var verified = await crm.Ok(new VerifyLedger.Query(), Caller.Console);
        Assert.True(verified.Differences == 0, $"seed {seed}:\n{string.Join('\n', verified.Sentences)}");
    }

    private sealed class Walk(CrmFixture crm, int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<DealId> _deals = [];
        private readonly List<CustomerId> _customers = [];
        private UserId[] _people = [];

        public int Moved { get; private set; }
        public int Refused { get; private set; }
        public int Undone { get; private set; }
        public int Archived { get; private set; }

        public async Task Start()
        {
            var (north, south) = (await crm.Team(), await crm.Team());
            _people =
            [
                await crm.User(Role.Rep, north), await crm.User(Role.Rep, north), await crm.User(Role.Rep, south),
                await crm.User(Role.Manager, north), await crm.User(Role.Admin), await crm.User(Role.Viewer, north),
            ];
            for (var i = 0; i < 4; i++)
            {
                _customers.Add(await crm.Customer(_people[0], decisionMaker: i % 2 == 0));
            }
        }

        /// <summary>Some moves off, some on that are off by default, the demands of some stages.</summary>
        public async Task Publish()
        {
            var basis = DefaultRules.Create();
            var rows = PurchasePath.Steps.Where(step => _random.Next(10) < (step.OnByDefault ? 9 : 4))
                .Select(step => basis.Moves.FirstOrDefault(row => step.IsOf(row))
                    ?? new MoveRule(step.Kind, step.From?.Place, step.To, [Role.Rep, Role.Manager, Role.Admin],
                        DefaultRules.DemandedBy(step.Kind)))
                .Select(row => _random.Next(8) == 0 ? row with { Roles = [Role.Manager, Role.Admin] } : row)
                .ToList();
            var stages = basis.Stages.ToDictionary(
                stage => stage.Key,
                stage => stage.Value with
                {
                    Enter = [.. stage.Value.Enter.Where(_ => _random.Next(3) > 0)
                    .Select(one => _random.Next(3) == 0 ? one with { Mode = (RequirementMode)_random.Next(1, 4) } : one)]
                });
            var draft = await crm.Ok(new GetRules.Query(Draft: true), Caller.Console);
            await crm.Ok(new SaveRuleDraft.Command(RuleSetJson.Write(new RuleSet(rows, stages)), draft.Etag), Caller.Console);
            await crm.Ok(new PublishRules.Command("At random"), Caller.Console);
        }

        public Task Step() => (_deals.Count < 4 ? 0 : _random.Next(14)) switch
        {
            0 => Create(),
            1 => Update(),
            2 => Undo(),
            3 => Pay(),
            4 => Archive(),
            5 => ArchiveCustomer(),
            _ => Move(),
        };

        private async Task Create()
        {
            var stage = (Stage)_random.Next(1, 4);
            var created = await crm.Door.Send(new CreateDeal.Command(Any(_customers), "Walk", Stage: stage,
                Amount: _random.Next(2) == 0 ? 10 : null), Any(_people).As(), DealSteps.Ct);
            Count(created.Ok);
            _deals.AddRange(created.Ok ? [created.Value.Id] : []);
        }

        private async Task Update()
        {
            var deal = Any(_deals);
            var version = await crm.Ask<long>("select version from deals where id = $1", deal.Value);
            var (before, result) = (await Row(deal), await crm.Door.Send(
                new UpdateDeal.Command(deal, version, new MoveFields
                {
                    Amount = _random.Next(100),
                    OwnerId = _random.Next(3) == 0 ? (UserId?)Any(_people) : _people[0]
                }), Any(_people).As(), DealSteps.Ct));
            Assert.True(result.Ok || await Row(deal) == before);
        }

        private async Task Pay() =>
            await crm.Door.Send(new AddPayment.Command(Any(_deals), _random.Next(1, 100), "USD", PaymentMethod.Card), Any(_people).As(),
                DealSteps.Ct);

        private async Task Archive()
        {
            var deal = Any(_deals);
            var (before, version) = (await Row(deal), await crm.Ask<long>("select version from deals where id = $1", deal.Value));
            var archives = _random.Next(2) == 0 && await crm.Ask<bool>("select archived_at is null from deals where id = $1", deal.Value);
            IRequest<DealView> wish = archives ? new ArchiveDeal.Command(deal, version) : new RestoreDeal.Command(deal, version);
            var put = await crm.Door.Send(wish, (_random.Next(2) == 0 ? _people[4] : Any(_people)).As(), DealSteps.Ct);
            Archived += put is { Ok: true, Value.ArchivedAt: not null } ? 1 : 0;
            Assert.True(put.Ok || await Row(deal) == before);
        }

        private async Task ArchiveCustomer()
        {
            var customer = Any(_customers);
            var version = await crm.Ask<long>("select version from customers where id = $1", customer.Value);
            IRequest<CustomerView> wish = _random.Next(4) == 0 ? new ArchiveCustomer.Command(customer, version)
                : new RestoreCustomer.Command(customer, version);
            await crm.Door.Send(wish, Any(_people).As(), DealSteps.Ct);
        }

        private async Task Undo()
        {
            var deal = Any(_deals);
            var before = await Row(deal);
            var id = await crm.Ask<long>("select id from transitions where deal_id = $1 order by seq desc limit 1", deal.Value);
            var undone = await crm.Door.Send(new UndoTransition.Command(id, Choices()), Any(_people).As(), DealSteps.Ct);
            Undone += undone.Ok ? 1 : 0;
            Assert.True(undone.Ok || await Row(deal) == before);
        }

        private async Task Move()
        {
            var (deal, actor) = (Any(_deals), _random.Next(2) == 0 ? _people[4] : Any(_people));
            var (before, version) = (await Row(deal), await crm.Ask<long>("select version from deals where id = $1", deal.Value));
            var explained = await crm.Door.Send(new ExplainMoves.Query(deal), actor.As(), DealSteps.Ct);
            var moves = explained.Ok ? explained.Value.Moves : [];
            var open = moves.Where(one => one.Moves).ToList();
            var verdict = open.Count > 0 && _random.Next(2) == 0 ? Any(open) : moves.Count > 0 && _random.Next(4) > 0 ? Any(moves) : null;
            var move = new MoveDeal.Command(
                deal, verdict?.Kind ?? (MoveKind)_random.Next(1, 10), verdict is null ? (Place)_random.Next(1, 8) : verdict.To, version,
                MoveFields.None, null, null, null, Guid.NewGuid().ToString());
            var rich = _random.Next(2) == 0 || move.Kind == MoveKind.Refer;
            var sent = rich ? Rich(move) : move;
            var result = await crm.Door.Send(sent, actor.As(), DealSteps.Ct);
            Count(result.Ok);
            var text = $"seed {seed}: {actor} {JsonSerializer.Serialize(sent, WireNames.Json)} on {before}: {result.Problem?.Code} {result.Problem?.Message}";
            Assert.True(explained.Ok || result.Problem?.Code == ProblemCode.NotFound, text);
            if (!rich && explained.Ok)
            {
                var told = explained.Value.Moves.FirstOrDefault(one => one.Kind == move.Kind && one.To == move.To);
                Assert.True((told?.Moves ?? false) == result.Ok, $"explained {told?.Result} {told?.Reason}, {text}");
            }

            if (!result.Ok)
            {
                Assert.True(await Row(deal) == before, text);
                return;
            }

            _deals.AddRange(result.Value.Created is { } created ? [created.Id] : []);
            if (_random.Next(3) == 0)
            {
                var undone = await crm.Door.Send(new UndoTransition.Command(result.Value.Transition.Id), actor.As(), DealSteps.Ct);
                Assert.True(undone.Ok || result.Value.Deal.MayMove is false,
                    $"{text}; undo {undone.Problem?.Code} {undone.Problem?.Message}");
                Undone += undone.Ok ? 1 : 0;
                Assert.True(!undone.Ok || await Row(deal) == before, $"{text}; undone into {await Row(deal)}");
            }
        }

        /// <summary>With all that a rule could ask of the request itself.</summary>
        private MoveDeal.Command Rich(MoveDeal.Command move) => move with
        {
            Fields = new MoveFields { Amount = (decimal)_random.Next(1, 50), ExpectedClose = new DateOnly(2030, 5, 5) },
            Reason = new MoveReason(_random.Next(2) == 0 ? "price" : null, "Because"),
            CustomerId = move.Kind == MoveKind.Refer ? Any(_customers) : null,
            Override = _random.Next(4) == 0 ? new Override("other", "Agreed") : null,
        };

        private Dictionary<string, UndoChoice> Choices() =>
            FactCatalog.BuiltIn.OfDeal.ToDictionary(fact => fact.Key, _ => (UndoChoice)_random.Next(1, 3));

        /// <summary>Everything of the deal but what counts its writes.</summary>
        private Task<string> Row(DealId deal) =>
            crm.Ask<string>("select (to_jsonb(d) - 'version' - 'last_seq')::text from deals d where id = $1", deal.Value);

        private void Count(bool moved) => (Moved, Refused) = (Moved + (moved ? 1 : 0), Refused + (moved ? 0 : 1));

        private T Any<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
    }
}
