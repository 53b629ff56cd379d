using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.IntegrationTests.People;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Backups;

/// <summary>Something of every kind that people leave in a database, and databases to put it into.</summary>
internal static class Past
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<UserId> MakeAsync(this Crm crm)
    {
        var rep = await crm.Member(Role.Rep, await crm.TeamAsync());
        var won = await crm.AdvanceToAsync(await crm.NewDealAsync(rep), Stage.PostPurchase, rep);
        await crm.OkAsync(won.Move(MoveKind.Repurchase), rep);
        var lost = await crm.OkAsync((await crm.NewDealAsync(rep)).Lose(), rep);
        await crm.Ok(new UndoTransition.Command(lost.Transition.Id), rep.As());
        var early = await crm.NewDealAsync(rep, customer: await crm.CustomerAsync(rep, decisionMaker: false));
        await crm.No((await crm.OkAsync(early.Move(MoveKind.Advance), rep)).Deal.Move(MoveKind.Advance), rep.As());
        return rep;
    }

    /// <summary>The application on another database.</summary>
    public static ServiceProvider On(CrmConnections connections) =>
        new ServiceCollection().AddLogging().AddPipelineCrm(_ => connections.Crm).BuildServiceProvider();

    public static async Task<T> ScalarAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(Ct);
#pragma warning disable CA2100 // Constant texts of tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    public static async Task DoAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(Ct);
#pragma warning disable CA2100 // Constant texts of tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Ct);
    }
}
