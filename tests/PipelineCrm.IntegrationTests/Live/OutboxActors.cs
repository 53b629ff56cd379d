using Npgsql;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Products;
using PipelineCrm.Rules;

namespace PipelineCrm.IntegrationTests.Live;

/// <summary>Who acts in the tests of the outbox: a rep, a colleague outside the rep's sight, an admin.</summary>
internal sealed record OutboxActors(CrmFixture Crm, UserId Rep, UserId Other, UserId Admin)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<OutboxActors> Make(CrmFixture crm) =>
        new(crm, await crm.User(Role.Rep), await crm.User(Role.Rep), await crm.User(Role.Admin));

    public Task<DealView> Deal(Stage stage = Stage.Awareness) => Crm.NewDeal(Rep, stage);

    public async Task<ProductId> Product() => (await AsAdmin(new SaveProduct.Command(null, 0, $"Meter {Guid.NewGuid()}", 12, "EUR"))).Id;

    public Task<T> AsRep<T>(IRequest<T> request) => Crm.Ok(request, Rep.As());

    public Task<T> AsAdmin<T>(IRequest<T> request) => Crm.Ok(request, Admin.As());

    /// <summary>A draft that says something else than the one before: each stage may last a day longer.</summary>
    public async Task SaveDraft()
    {
        var draft = await Crm.Ok(new GetRules.Query(Draft: true), Admin.As());
        var slower = draft.Rules.Stages.ToDictionary(stage => stage.Key,
            stage => stage.Value with { MaxDays = (stage.Value.MaxDays ?? 30) + 1, WarnDays = null });
        await AsAdmin(new SaveRuleDraft.Command(RuleSetJson.Write(draft.Rules with { Stages = slower }), draft.Etag));
    }

    /// <summary>What no use case does, as the application's role.</summary>
    public async Task Sql(string sql)
    {
        await using var connection = await Crm.AsApp();
#pragma warning disable CA2100 // Written in the tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Ct);
    }
}
