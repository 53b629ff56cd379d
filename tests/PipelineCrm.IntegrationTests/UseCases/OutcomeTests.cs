using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;

namespace PipelineCrm.IntegrationTests.UseCases;

/// <summary>The line to the database breaks between a commit and its answer: what was made is never told as not made, and never made
/// twice.</summary>
public sealed class OutcomeTests(BreakingCrm crm) : IClassFixture<BreakingCrm>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_payment_of_which_no_answer_came_is_found_and_not_made_again()
    {
        var by = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(by);
        var payment = new AddPayment.Command(deal.Id, 4711.47m, "USD", PaymentMethod.Card);
        crm.Line.BreakAfterCommitOf(deal.Id.ToString());
        var lost = await SendUntilSwallowed(payment, by, "payment");
        Assert.Equal((ProblemCode.Unavailable, DatabaseOutageDetail.Unknown), (lost.Code, lost.Detail));
        Assert.DoesNotContain("Nothing was lost", lost.Message, StringComparison.Ordinal);

        // Nobody gets through: still unknown to whoever asks, but this try has surely written nothing.
        Assert.Equal(ProblemCode.Unavailable, (await crm.Door.Send(payment, by.As(), "payment", Ct)).Problem?.Code);
        crm.Line.Mend();
        Assert.Equal(payment.Amount, (await crm.Door.Send(payment, by.As(), "payment", Ct)).Value!.Amount);
        Assert.Equal(1L, await crm.Ask<long>("select count(*) from payments where deal_id = $1", deal.Id.Value));
    }

    [Fact]
    public async Task Without_an_id_it_is_told_that_nobody_knows_and_a_read_is_told_that_nothing_was_lost()
    {
        var by = await crm.User(Role.Rep);
        var name = $"Orchard {Guid.NewGuid()}";
        crm.Line.BreakAfterCommitOf(name);
        var lost = await SendUntilSwallowed(new CreateCustomer.Command(name), by, null);
        Assert.Equal(DatabaseOutageDetail.Unknown, lost.Detail);
        var read = (await crm.Door.Send(new GetCustomer.Query(CustomerId.New()), by.As(), Ct)).Problem!;
        Assert.Equal((ProblemCode.Unavailable, (object?)null), (read.Code, read.Detail));
        Assert.Contains("Nothing was lost", read.Message, StringComparison.Ordinal);
        crm.Line.Mend();
        Assert.Equal(1L, await crm.Ask<long>("select count(*) from customers where name = $1", name));
    }

    [Fact]
    public async Task A_move_of_which_no_answer_came_is_found_by_its_key()
    {
        var by = await crm.User(Role.Rep);
        var move = (await crm.NewDeal(by)).Move(MoveKind.Advance);
        crm.Line.BreakAfterCommitOf(move.IdempotencyKey);
        Assert.Equal(DatabaseOutageDetail.Unknown, (await SendUntilSwallowed(move, by, null)).Detail);
        crm.Line.Mend();
        Assert.Equal(Stage.Consideration, (await crm.Ok(move, by)).Deal.Stage);
        Assert.Equal(2L, await crm.Ask<long>("select count(*) from transitions where deal_id = $1", move.Id.Value));
    }

    private async Task<Problem> SendUntilSwallowed<T>(IRequest<T> request, UserId by, string? operation)
    {
        var before = crm.Line.Swallowed;
        var problem = (await crm.Door.Send(request, by.As(), operation, Ct)).Problem;
        Assert.Equal(before + 1, crm.Line.Swallowed);
        return Assert.IsType<Problem>(problem);
    }
}
