using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Backups;

/// <summary>Something of every kind that people leave in a database, and databases to put it into.</summary>
internal static class SampleDatabase
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<UserId> Make(this CrmFixture crm)
    {
        var rep = await crm.Member(Role.Rep, await crm.Team());
        var won = await crm.AdvanceTo(await crm.NewDeal(rep), Stage.PostPurchase, rep);
        await crm.Ok(won.Move(MoveKind.Repurchase), rep);
        var lost = await crm.Ok((await crm.NewDeal(rep)).Lose(), rep);
        await crm.Ok(new UndoTransition.Command(lost.Transition.Id), rep.As());
        var early = await crm.NewDeal(rep, customer: await crm.Customer(rep, decisionMaker: false));
        await crm.No((await crm.Ok(early.Move(MoveKind.Advance), rep)).Deal.Move(MoveKind.Advance), rep.As());
        return rep;
    }

    /// <summary>The application on another database.</summary>
    public static ServiceProvider On(CrmConnections connections) =>
        new ServiceCollection().AddLogging().AddPipelineCrm(_ => connections.Crm).BuildServiceProvider();

    public static async Task<T> Scalar<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(Ct);
#pragma warning disable CA2100 // Constant texts of tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    public static async Task Do(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(Ct);
#pragma warning disable CA2100 // Constant texts of tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Ct);
    }
}
