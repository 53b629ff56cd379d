using Npgsql;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>Shortcuts of the tests about moves: everything goes through the use-case sender.</summary>
internal static class DealSteps
{
    private static readonly MoveFields Basics = new() { Amount = 1000m, ExpectedClose = new DateOnly(2030, 1, 1) };

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<CustomerId> Customer(this CrmFixture crm, UserId by, bool decisionMaker = true)
    {
        var customer = (await crm.Ok(new CreateCustomer.Command("Example Works"), by.As())).Id;
        if (decisionMaker)
        {
            await crm.Ok(new AddContact.Command(customer, "Contact", DecisionMaker: true), by.As());
        }

        return customer;
    }

    public static async Task<DealView> NewDeal(this CrmFixture crm, UserId by, Stage stage = Stage.Awareness,
        CustomerId? customer = null) =>
        await crm.Ok(new CreateDeal.Command(customer ?? await crm.Customer(by), "Deal", Stage: stage), by.As());

    public static MoveDeal.Command Move(this DealView deal, MoveKind kind, Place? to = null) =>
        new(deal.Id, kind, to, deal.Version, MoveFields.None, null, null, null, Guid.NewGuid().ToString());

    public static MoveDeal.Command Lose(this DealView deal,
        string reason = "price") => deal.Move(MoveKind.Lose) with { Reason = new MoveReason(reason, null) };

    public static MoveDeal.Command Back(this DealView deal,
        Place to) => deal.Move(MoveKind.Back, to) with { Reason = new MoveReason(null, "Not ready yet") };

    public static Task<MoveResult> Ok(this CrmFixture crm, MoveDeal.Command move, UserId by) => crm.Ok(move, by.As());

    public static Task<DealView> Get(this CrmFixture crm, DealId id, UserId by) => crm.Ok(new GetDeal.Query(id), by.As());

    /// <summary>Advances a deal, with all that the default rules ask for, until it stands in the stage.</summary>
    public static async Task<DealView> AdvanceTo(this CrmFixture crm, DealView deal, Stage stage, UserId by)
    {
        while (deal.Stage < stage)
        {
            if (deal.Stage == Stage.Purchase)
            {
                await crm.Ok(new AddPayment.Command(deal.Id, deal.Amount!.Value, deal.Currency!, PaymentMethod.Transfer), by.As());
                deal = await crm.Get(deal.Id, by);
            }

            var fields = deal.Stage == Stage.Consideration ? Basics : MoveFields.None;
            deal = (await crm.Ok(deal.Move(MoveKind.Advance) with { Fields = fields }, by)).Deal;
        }

        return deal;
    }

    public static async Task<T> Ask<T>(this CrmFixture crm, string sql, params object[] values)
    {
        await using var connection = await crm.AsOwner();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    /// <summary>What nobody can do through the application: a superuser rewrites the past.</summary>
    /// <returns>How many rows.</returns>
    public static async Task<int> Pretend(this CrmFixture crm, string sql)
    {
        await using var connection = await crm.AsSuperuser();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(Ct);
    }
}
