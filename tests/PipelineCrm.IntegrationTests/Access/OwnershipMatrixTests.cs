using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Access;

/// <summary>Whose deals each role sees and changes: own, of the team, of strangers.</summary>
public sealed class OwnershipMatrixTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private const string Ok = "ok";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("the owner", Ok, Ok)]
    [InlineData("a rep of the team", Ok, ProblemCode.Forbidden)]
    [InlineData("a rep of elsewhere", ProblemCode.NotFound, ProblemCode.NotFound)]
    [InlineData("a manager above", Ok, Ok)]
    [InlineData("a manager below", ProblemCode.NotFound, ProblemCode.NotFound)]
    [InlineData("a manager of elsewhere", ProblemCode.NotFound, ProblemCode.NotFound)]
    [InlineData("a viewer above", Ok, ProblemCode.Forbidden)]
    [InlineData("a viewer of elsewhere", ProblemCode.NotFound, ProblemCode.NotFound)]
    [InlineData("an admin", Ok, Ok)]
    [InlineData("nobody", ProblemCode.Unauthenticated, ProblemCode.Unauthenticated)]
    public async Task A_deal_is_seen_and_changed_by(string who, string reads, string writes)
    {
        var above = await crm.Team();
        var team = await crm.Team(above);
        var owner = await crm.User(Role.Rep, team);
        var caller = who switch
        {
            "the owner" => owner.As(),
            "a rep of the team" => (await crm.User(Role.Rep, team)).As(),
            "a rep of elsewhere" => (await crm.User(Role.Rep, await crm.Team())).As(),
            "a manager above" => (await crm.User(Role.Manager, above)).As(),
            "a manager below" => (await crm.User(Role.Manager, await crm.Team(team))).As(),
            "a manager of elsewhere" => (await crm.User(Role.Manager, await crm.Team())).As(),
            "a viewer above" => (await crm.User(Role.Viewer, above)).As(),
            "a viewer of elsewhere" => (await crm.User(Role.Viewer)).As(),
            "an admin" => (await crm.User(Role.Admin)).As(),
            _ => Caller.Anonymous,
        };
        var deal = await crm.DealOf(owner);
        var page = new PageRequest();

        Assert.Equal((nameof(GetDeal), reads), (nameof(GetDeal), await Outcome(new GetDeal.Query(deal), caller)));
        Assert.Equal((nameof(ExplainMoves), reads), (nameof(ExplainMoves), await Outcome(new ExplainMoves.Query(deal), caller)));
        Assert.Equal((nameof(ListTransitions), reads),
            (nameof(ListTransitions), await Outcome(new ListTransitions.Query(deal, page), caller)));
        Assert.Equal((nameof(ListDealHistory), reads),
            (nameof(ListDealHistory), await Outcome(new ListDealHistory.Query(deal, page), caller)));
        Assert.Equal((nameof(CountDealChildren), reads),
            (nameof(CountDealChildren), await Outcome(new CountDealChildren.Query(deal), caller)));
        Assert.Equal((nameof(ListQuotes), reads), (nameof(ListQuotes), await Outcome(new ListQuotes.Query(deal, page), caller)));
        Assert.Equal((nameof(ListPayments), reads), (nameof(ListPayments), await Outcome(new ListPayments.Query(deal, page), caller)));

        var rename = new UpdateDeal.Command(deal, 1, new MoveFields { Title = "Renamed" });
        Assert.Equal((nameof(UpdateDeal), writes), (nameof(UpdateDeal), await Outcome(rename, caller)));
        var place = new ReorderDeal.Command(deal, await crm.DealOf(owner), null);
        Assert.Equal((nameof(ReorderDeal), writes), (nameof(ReorderDeal), await Outcome(place, caller)));
        var version = await crm.Scalar<long>("select version from deals where id = $1", deal.Value);
        var move = new MoveDeal.Command(deal, MoveKind.Advance, Place.Consideration, version, MoveFields.None, null, null, null,
            $"matrix-{who}");
        Assert.Equal((nameof(MoveDeal), writes), (nameof(MoveDeal), await Outcome(move, caller)));
        version = await crm.Scalar<long>("select version from deals where id = $1", deal.Value);
        Assert.Equal((nameof(ArchiveDeal), writes), (nameof(ArchiveDeal), await Outcome(new ArchiveDeal.Command(deal, version), caller)));
        Assert.Equal(writes == Ok, await crm.Scalar<bool>("select archived_at is not null from deals where id = $1", deal.Value));
        version = await crm.Scalar<long>("select version from deals where id = $1", deal.Value);
        Assert.Equal((nameof(RestoreDeal), writes), (nameof(RestoreDeal), await Outcome(new RestoreDeal.Command(deal, version), caller)));
        Assert.True(await crm.Scalar<bool>("select archived_at is null from deals where id = $1", deal.Value));
        Assert.Equal(writes == Ok ? 2L : 1L, await crm.Scalar<long>("select count(*) from transitions where deal_id = $1", deal.Value));
    }

    private async Task<string> Outcome<T>(IRequest<T> request,
        Caller caller) => (await crm.Door.Send(request, caller, Ct)).Problem?.Code ?? Ok;
}
