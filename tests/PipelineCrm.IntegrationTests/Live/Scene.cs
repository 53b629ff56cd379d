using Npgsql;
using PipelineCrm.Catalog;
using PipelineCrm.Common;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.IntegrationTests.People;
using PipelineCrm.Rules;

namespace PipelineCrm.IntegrationTests.Live;

/// <summary>Who acts in the tests of the outbox: a rep, a colleague outside the rep's sight, an admin.</summary>
internal sealed record Scene(Crm Crm, UserId Rep, UserId Other, UserId Admin)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Scene> MakeAsync(Crm crm) =>
        new(crm, await crm.UserAsync(Role.Rep), await crm.UserAsync(Role.Rep), await crm.UserAsync(Role.Admin));

    public Task<DealView> DealAsync(Stage stage = Stage.Awareness) => Crm.NewDealAsync(Rep, stage);

    public async Task<ProductId> ProductAsync() => (await AsAdmin(new SaveProduct.Command(null, 0, $"Meter {Guid.NewGuid()}", 12, "EUR"))).Id;

    public Task<T> AsRep<T>(IRequest<T> request) => Crm.Ok(request, Rep.As());

    public Task<T> AsAdmin<T>(IRequest<T> request) => Crm.Ok(request, Admin.As());

    /// <summary>A draft that says something else than the one before: each stage may last a day longer.</summary>
    public async Task SaveDraftAsync()
    {
        var draft = await Crm.Ok(new GetRules.Query(Draft: true), Admin.As());
        var slower = draft.Rules.Stages.ToDictionary(stage => stage.Key, stage => stage.Value with { MaxDays = (stage.Value.MaxDays ?? 30) + 1, WarnDays = null });
        await AsAdmin(new SaveRuleDraft.Command(RuleSetJson.Write(draft.Rules with { Stages = slower }), draft.Etag));
    }

    /// <summary>What no use case does, as the application's role.</summary>
    public async Task SqlAsync(string sql)
    {
        await using var connection = await Crm.AsAppAsync();
#pragma warning disable CA2100 // Written in the tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Ct);
    }
}
