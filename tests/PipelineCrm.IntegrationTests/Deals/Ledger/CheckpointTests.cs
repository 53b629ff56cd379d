using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>What no comparison within the database can find, since everything in it was set to match: the signed file outside of it proves
/// it.</summary>
public sealed class CheckpointTests(SigningCrm crm, TestCluster cluster) : IClassFixture<SigningCrm>
{
    /// <summary>The last move taken back without a trace: its row, what hangs on it, the deal and the customer as before.</summary>
    private const string LastRowGone = """
        delete from history where transition_id = (select id from transitions where deal_id = DEAL and seq = 3);
        delete from stored_answers;
        with gone as (delete from transitions where deal_id = DEAL and seq = 3 returning *),
        back as (
            update deals d set stage = gone.from_stage, last_seq = 2, furthest_stage = 2, version = gone.version - 1,
                   amount = null, currency = null, expected_close = null,
                   entered_stage_at = (gone.before #>> '{state,enteredStageAt}')::timestamptz
            from gone where d.id = gone.deal_id returning d.customer_id, d.entered_stage_at)
        update customers c set status = 2, status_since = back.entered_stage_at from back where c.id = back.customer_id;
        delete from funnel_entries; delete from funnel_spans; delete from funnel_changed; delete from board_totals; delete from board_deltas;
        insert into funnel_entries select * from funnel_entries_due; insert into funnel_spans select * from funnel_spans_due;
        insert into board_totals select stage, outcome, owner_id, case when amount is null then '   ' else currency end, count(*), coalesce(sum(amount), 0)
            from deals where not void and archived_at is null group by 1, 2, 3, 4;
        """;

    /// <summary>Another reason, and every hash of the chain made anew.</summary>
    private const string HashesAnew = """
        update transitions set reason_text = 'another' where deal_id = DEAL and seq = 1;
        update transitions t set hash = transition_hash(null, t) where deal_id = DEAL and seq = 1;
        update transitions t set hash = transition_hash((select hash from transitions p where p.deal_id = t.deal_id and p.seq = 1), t) where deal_id = DEAL and seq = 2;
        update transitions t set hash = transition_hash((select hash from transitions p where p.deal_id = t.deal_id and p.seq = 2), t) where deal_id = DEAL and seq = 3;
        """;

    private const string RefusalGone = "delete from refusals where deal_id = DEAL";

    private const string RulesAnew = """
        update rule_sets set content = jsonb_set(content, '{stages}', '{}') where version = 1;
        update rule_sets r set hash = rule_set_hash(r) where version = 1;
        update transitions t set rule_set_hash = (select hash from rule_sets where version = 1) where rule_set = 1;
        update refusals f set rule_set_hash = (select hash from rule_sets where version = 1) where rule_set = 1;
        """;

    /// <summary>A value and its line in the history set to match.</summary>
    private const string HistoryAnew = """
        update deals set title = 'Another' where id = DEAL;
        update history set after = '"Another"' where entity_id = DEAL::text and field = 'title';
        """;

    public static TheoryData<string, string> Unseen => new()
    {
        { LastRowGone, "transition 3, the last one at the checkpoint" },
        { HashesAnew, "is not what it was" },
        { RefusalGone, "is gone" },
        { HistoryAnew, "history: its lines" },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Unseen))]
    public async Task What_was_set_to_match_is_proven_by_the_checkpoint(string forgery, string named)
    {
        var admin = await crm.User(Role.Admin);
        var deal = await crm.AdvanceTo(await crm.NewDeal(admin), Stage.Decision, admin);
        await crm.No(deal.Move(MoveKind.Complete), admin.As());
        await crm.Pretend(
            $"update history set recorded_at = recorded_at - interval '2 hours' where deal_id = '{deal.Id}' and field = 'title'");
        var before = await Sentences(null);
        await crm.Ok(new MakeCheckpoint.Command(), Caller.Console);
        Assert.DoesNotContain((await Sentences(crm.File)).Except(before),
            sentence => sentence.Contains($"{deal.Id}", StringComparison.Ordinal));

        await crm.Pretend(forgery.Replace("DEAL", $"'{deal.Id}'", StringComparison.Ordinal));
        Assert.Empty((await Sentences(null)).Except(before));
        Assert.Contains((await Sentences(crm.File)).Except(before), sentence => sentence.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_was_changed_or_signed_by_somebody_else_is_said_to_be_so()
    {
        await using var own = new SigningCrm(cluster);
        await own.InitializeAsync();
        var admin = await own.User(Role.Admin);
        var deal = await own.NewDeal(admin);
        await own.Ok(new MakeCheckpoint.Command(), Caller.Console);
        await own.Ok(deal.Move(MoveKind.Advance), admin);
        await own.Ok(new MakeCheckpoint.Command(), Caller.Console);
        var whole = await File.ReadAllTextAsync(own.File, Ct);
        Assert.Empty(await Against(whole));
        Assert.Equal(2, (await own.Ok(new VerifyLedger.Query(own.File), Caller.Console)).Checkpoints);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(own.Folder, CheckpointFolder.KeyName)));

        var first = whole[..(whole.IndexOf('\n', whole.IndexOf("checkpoint ", StringComparison.Ordinal)) + 1)];
        Assert.Contains(await Against(whole.Replace($"transition {deal.Id} 1", $"transition {deal.Id} 2", StringComparison.Ordinal)),
            sentence => sentence.Contains("not those that it was made of", StringComparison.Ordinal));
        Assert.Contains(await Against(whole[first.Length..]),
            sentence => sentence.Contains("the one before it is another", StringComparison.Ordinal));
        Assert.Contains(await Against(first + whole[first.Length..^200]),
            sentence => sentence.Contains("it was cut off", StringComparison.Ordinal));
        Assert.Contains(await Against(""), sentence => sentence.Contains("holds none", StringComparison.Ordinal));
        Assert.Contains(await Against(whole.TrimEnd()[..^8] + "AAAAAAA=\n"),
            sentence => sentence.Contains("its signature is bad", StringComparison.Ordinal));

        File.Delete(Path.Combine(own.Folder, CheckpointFolder.KeyName));
        Assert.Contains(await Against(whole), sentence => sentence.Contains("no key here", StringComparison.Ordinal));
        CheckpointKey.OpenOrCreate(own.Folder).Dispose();
        Assert.Contains(await Against(whole), sentence => sentence.Contains("signed with a foreign key", StringComparison.Ordinal));

        async Task<IReadOnlyList<string>> Against(string content)
        {
            var file = Path.Combine(own.Folder, "copy");
            await File.WriteAllTextAsync(file, content, Ct);
            return (await own.Ok(new VerifyLedger.Query(file), Caller.Console)).Sentences;
        }
    }

    [Fact]
    public async Task A_checkpoint_that_was_cut_off_while_it_was_written_does_not_spoil_the_next_one()
    {
        await using var own = new SigningCrm(cluster);
        await own.InitializeAsync();
        await own.NewDeal(await own.User(Role.Rep));
        await own.Ok(new MakeCheckpoint.Command(), Caller.Console);
        await File.AppendAllTextAsync(own.File, "transition 0199a3b2-cut-off", Ct);
        await own.Ok(new MakeCheckpoint.Command(), Caller.Console);
        var verified = await own.Ok(new VerifyLedger.Query(own.File), Caller.Console);
        Assert.Equal((2, 0L), (verified.Checkpoints, verified.Differences));
    }

    [Fact]
    public async Task One_is_made_an_hour_and_none_where_there_is_no_folder()
    {
        await using var own = new SigningCrm(cluster);
        await own.InitializeAsync();
        var clock = new SetClock { Now = TimeProvider.System.GetUtcNow() };
        var work = Work(new CheckpointFolder(own.Folder));
        Assert.True(await work.MakeIfDue(Ct));
        Assert.False(await work.MakeIfDue(Ct));
        clock.Now += TimeSpan.FromMinutes(61);
        Assert.False(await Work(new CheckpointFolder(null)).MakeIfDue(Ct));
        Assert.True(await work.MakeIfDue(Ct));

        CheckpointJob Work(CheckpointFolder folder) =>
            new(own.Services.GetRequiredService<IServiceScopeFactory>(), own.Door, folder, clock, NullLogger<CheckpointJob>.Instance);
    }

    [Fact]
    public async Task Rules_that_were_rewritten_with_all_their_hashes_are_proven_too()
    {
        await using var own = new SigningCrm(cluster);
        await own.InitializeAsync();
        await own.Ok(new MakeCheckpoint.Command(), Caller.Console);
        await own.Pretend(RulesAnew);
        Assert.Empty((await own.Ok(new VerifyLedger.Query(), Caller.Console)).Sentences);
        Assert.Contains((await own.Ok(new VerifyLedger.Query(own.File), Caller.Console)).Sentences,
            sentence => sentence.StartsWith("rule set 1, of the checkpoint", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> Sentences(string? file) =>
        (await crm.Ok(new VerifyLedger.Query(file), Caller.Console)).Sentences;

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
