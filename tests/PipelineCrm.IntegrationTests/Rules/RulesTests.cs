using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Rules;

namespace PipelineCrm.IntegrationTests.Rules;

public sealed class RulesTests(CrmFixture crm, TestCluster cluster) : IClassFixture<CrmFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<Caller> As(Role role) => new(await crm.User(role), Channel.Page);

    private async Task<T> Sent<T>(IRequest<T> request, Caller caller)
    {
        var result = await crm.Door.Send(request, caller, Ct);
        Assert.True(result.Ok, result.Problem?.Message);
        return result.Value;
    }

    private async Task<string?> Code<T>(IRequest<T> request, Caller caller) => (await crm.Door.Send(request, caller, Ct)).Problem?.Code;

    private static RuleSet WithDays(RuleSet rules, int days) => rules with
    {
        Stages = new Dictionary<Stage, StageRules>(rules.Stages) { [Stage.Awareness] = new([], [], days) },
    };

    private async Task Draft(Caller admin, int days)
    {
        var draft = await Sent(new GetRules.Query(Draft: true), admin);
        var inForce = await Sent(new GetRules.Query(), admin);
        await Sent(new SaveRuleDraft.Command(RuleSetJson.Write(WithDays(inForce.Rules, days)), draft.Etag), admin);
    }

    private async Task<int> Publish(Caller admin, int days)
    {
        await Draft(admin, days);
        return (await Sent(new PublishRules.Command($"{days} days"), admin)).Version;
    }

    [Fact]
    public async Task A_new_installation_is_judged_by_the_default_rules_from_the_beginning_of_time()
    {
        await using var connection = await crm.AsApp();
        await using var command = new NpgsqlCommand("select in_force_from = '-infinity' from rule_sets where version = 1", connection);
        Assert.Equal(true, await command.ExecuteScalarAsync(Ct));
        await using var house = new CrmFixture(cluster);
        await house.InitializeAsync();
        var view = (await house.Door.Send(new GetRules.Query(), new Caller(await house.User(Role.Viewer), Channel.Page), Ct)).Value!;
        Assert.Equal(DefaultRules.Version, view.Version);
        Assert.Equal(RuleSetJson.Write(DefaultRules.Create()),
            RuleSetJson.Write(view.Rules with { Stages = view.Rules.Stages.OrderBy(stage => stage.Key).ToDictionary() }));
    }

    [Fact]
    public async Task A_published_draft_is_in_force_and_the_versions_before_it_stay()
    {
        var admin = await As(Role.Admin);
        var first = await Publish(admin, 5);
        var second = await Publish(admin, 6);

        var view = await Sent(new GetRules.Query(), await As(Role.Rep));
        Assert.Equal((second, 6, "6 days", admin.User), (view.Version, view.Rules.Stages[Stage.Awareness].MaxDays, view.Note, view.By));
        Assert.Equal(5, (await Sent(new GetRules.Query(first), admin)).Rules.Stages[Stage.Awareness].MaxDays);

        var versions = await Sent(new ListRuleVersions.Query(new PageRequest(1)), admin);
        Assert.Equal((second, true), (versions.Items.Single().Version, versions.Items.Single().InForce));
        Assert.Equal(first, (await Sent(new ListRuleVersions.Query(new PageRequest(1, versions.Next)), admin)).Items.Single().Version);
    }

    [Fact]
    public async Task Going_back_publishes_what_the_old_version_said_as_a_new_one()
    {
        var admin = await As(Role.Admin);
        var old = await Publish(admin, 7);
        await Publish(admin, 8);
        var restored = await Sent(new RestoreRuleVersion.Command(old, "8 was too long"), admin);
        var view = await Sent(new GetRules.Query(), admin);
        Assert.Equal((restored.Version, 7, "8 was too long"), (view.Version, view.Rules.Stages[Stage.Awareness].MaxDays, view.Note));
        Assert.Equal(restored.Version, (await Sent(new GetRules.Query(Draft: true), admin)).BasedOn);
    }

    [Fact]
    public async Task A_draft_survives_and_one_that_somebody_changed_meanwhile_is_not_overwritten()
    {
        var (one, two) = (await As(Role.Admin), await As(Role.Admin));
        var seen = await Sent(new GetRules.Query(Draft: true), one);
        var mine = RuleSetJson.Write(WithDays(seen.Rules, 11));
        var saved = await Sent(new SaveRuleDraft.Command(mine, seen.Etag), one);
        Assert.NotEqual(seen.Etag, saved.Etag);
        Assert.Empty(saved.Lint);
        var closed = seen.Rules with { Moves = [.. seen.Rules.Moves.Where(row => row.To != Place.Decision)] };
        saved = await Sent(new SaveRuleDraft.Command(RuleSetJson.Write(closed), saved.Etag), one);
        Assert.Equal(["stages.decision", "stages.purchase", "stages.postPurchase"], saved.Lint.Select(doubt => doubt.Path));
        Assert.All(saved.Lint, doubt => Assert.Equal(("unreachableStage",
            "No move that is switched on leads here: no deal will ever stand in this stage."), (doubt.Code, doubt.Message)));
        saved = await Sent(new SaveRuleDraft.Command(mine, saved.Etag), one);

        Assert.Equal(ProblemCode.DraftChanged,
            await Code(new SaveRuleDraft.Command(RuleSetJson.Write(WithDays(seen.Rules, 12)), seen.Etag), two));
        Assert.Equal(ProblemCode.DraftChanged, await Code(new PublishRules.Command("mine", Etag: seen.Etag), two));
        var kept = await Sent(new GetRules.Query(Draft: true), two);
        Assert.Equal((11, one.User), (kept.Rules.Stages[Stage.Awareness].MaxDays, kept.By));
    }

    [Fact]
    public async Task Of_many_who_save_the_same_draft_at_once_one_succeeds()
    {
        var admin = await As(Role.Admin);
        var seen = await Sent(new GetRules.Query(Draft: true), admin);
        var codes = await Task.WhenAll(Enumerable.Range(20, 6)
            .Select(days => Code(new SaveRuleDraft.Command(RuleSetJson.Write(WithDays(seen.Rules, days)), seen.Etag), admin)));
        Assert.Single(codes, code => code is null);
        Assert.All(codes, code => Assert.True(code is null or ProblemCode.DraftChanged, code));
    }

    [Fact]
    public async Task Only_admins_write_rules_or_see_the_draft()
    {
        foreach (var role in (Role[])[Role.Viewer, Role.Rep, Role.Manager])
        {
            var caller = await As(role);
            Assert.Equal(ProblemCode.Forbidden, await Code(new GetRules.Query(Draft: true), caller));
            Assert.Equal(ProblemCode.Forbidden, await Code(new SaveRuleDraft.Command("{}", "0"), caller));
            Assert.Equal(ProblemCode.Forbidden, await Code(new PublishRules.Command("note"), caller));
            Assert.Equal(ProblemCode.Forbidden, await Code(new RestoreRuleVersion.Command(1, "note"), caller));
            Assert.Null(await Code(new GetRules.Query(), caller));
            Assert.Null(await Code(new ListRuleVersions.Query(new PageRequest()), caller));
            Assert.Null(await Code(new ListRuleFields.Query(), caller));
        }

        Assert.Equal(ProblemCode.Unauthenticated, await Code(new GetRules.Query(), Caller.Anonymous));
    }

    [Fact]
    public async Task Bad_rules_are_refused_with_a_sentence_at_their_place()
    {
        var admin = await As(Role.Admin);
        var etag = (await Sent(new GetRules.Query(Draft: true), admin)).Etag;
        var bad = """{"moves":[],"stages":{"decision":{"enter":[{"key":"x","all":[{"field":"colour","op":"is","value":"red"}],"mode":"block","message":{"en":"Paint it.","zh-CN":"上色。"},"overrideBy":[]}],"leave":[]}}}""";
        var problem = (await crm.Door.Send(new SaveRuleDraft.Command(bad, etag), admin, Ct)).Problem!;
        Assert.Equal(ProblemCode.Validation, problem.Code);
        Assert.Equal("There is no field “colour” to ask about.", problem.Errors["stages.decision.enter[0].all[0].field"].Single());
        Assert.Equal(ProblemCode.Validation, await Code(new SaveRuleDraft.Command("{", etag), admin));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("a\0b")]
    public async Task A_version_needs_a_note(string? note) =>
        Assert.Equal(["note"], (await crm.Door.Send(new PublishRules.Command(note), await As(Role.Admin), Ct)).Problem!.Errors.Keys);

    [Fact]
    public async Task A_draft_that_changes_nothing_makes_no_version_and_neither_does_going_back_to_what_is_in_force()
    {
        var admin = await As(Role.Admin);
        var version = await Publish(admin, 41);
        await Draft(admin, 41);
        Assert.Equal(["draft"], (await crm.Door.Send(new PublishRules.Command("the same"), admin, Ct)).Problem!.Errors.Keys);
        Assert.Equal(["draft"], (await crm.Door.Send(new RestoreRuleVersion.Command(version, "the same"), admin, Ct)).Problem!.Errors.Keys);
        Assert.Equal(version, (await Sent(new GetRules.Query(), admin)).Version);
        Assert.Equal(version + 1, await Publish(admin, 42));
    }

    [Fact]
    public async Task Publishing_at_an_instant_is_not_there_yet() =>
        Assert.Equal(["at"], (await crm.Door.Send(new PublishRules.Command("later", TimeProvider.System.GetUtcNow().AddDays(1)),
            await As(Role.Admin), Ct)).Problem!.Errors.Keys);

    [Fact]
    public async Task A_version_that_does_not_exist_is_not_found()
    {
        var admin = await As(Role.Admin);
        Assert.Equal(ProblemCode.NotFound, await Code(new GetRules.Query(9999), admin));
        Assert.Equal(ProblemCode.NotFound, await Code(new RestoreRuleVersion.Command(9999, "note"), admin));
    }

    [Fact]
    public async Task Publishing_waits_for_the_moves_that_are_being_judged()
    {
        var admin = await As(Role.Admin);
        await Draft(admin, 61);
        await using var mover = await crm.AsApp();
        await using var transaction = await mover.BeginTransactionAsync(Ct);
        await using var command = new NpgsqlCommand(
            $"select pg_advisory_xact_lock_shared({PipelineCrm.Persistence.Sql.AdvisoryLocks.Rules})", mover, transaction);
        await command.ExecuteNonQueryAsync(Ct);

        var publishing = Sent(new PublishRules.Command("while a move is judged"), admin);
        await WaitForWaiter();
        Assert.False(publishing.IsCompleted);
        await transaction.CommitAsync(Ct);
        var version = (await publishing).Version;
        Assert.Equal(version, (await Sent(new GetRules.Query(), admin)).Version);
    }

    private async Task WaitForWaiter()
    {
        await using var owner = await crm.AsOwner();
        await using var waiting =
            new NpgsqlCommand(
                "select exists (select from pg_locks l join pg_database d on d.oid = l.database where locktype = 'advisory' and not granted and d.datname = current_database())", owner);
        while (await waiting.ExecuteScalarAsync(Ct) is not true)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Pick_lists_offer_the_codes_that_are_in_use()
    {
        var fields = await Sent(new ListRuleFields.Query(), await As(Role.Admin));
        Assert.Equal(FactCatalog.BuiltIn.All.Select(field => field.Key), fields.Select(field => field.Key));
        Assert.Contains(fields.Single(field => field.Key == FieldKey.Source).Choices!, choice => choice.Value == "website");
        Assert.Contains(fields.Single(field => field.Key == FieldKey.ReasonCode).Choices!, choice => choice.Value == "price");
    }

    [Fact]
    public async Task A_version_is_read_from_the_database_once_and_its_number_each_time()
    {
        var admin = await As(Role.Admin);
        await using var scope = crm.Services.CreateAsyncScope();
        var inForce = scope.ServiceProvider.GetRequiredService<CurrentRuleSet>();
        var before = await inForce.Load(Ct);
        Assert.Same(before, await inForce.Load(Ct));
        var version = await Publish(admin, 33);
        Assert.Equal((version, 33), ((await inForce.Load(Ct)).Version, (await inForce.Load(Ct)).Stages[Stage.Awareness].MaxDays));
    }
}
